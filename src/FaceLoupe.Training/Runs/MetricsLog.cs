using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FaceLoupe.Training.Runs;

/// <summary>
/// The metrics of a run as JSON lines: {"step":12,"kind":"train","time":"...","loss":0.5}. Every line is flushed, so
/// that the file can be read during the run.
/// </summary>
internal sealed class MetricsLog : IDisposable
{
    private readonly StreamWriter writer;

    /// <summary>Opens the file for appending, without the lines of steps above <paramref name="lastStep"/>.</summary>
    public MetricsLog(string path, long lastStep)
    {
        var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
        try
        {
            DropAfter(stream, lastStep);
            writer = new StreamWriter(stream, new UTF8Encoding(false)) { AutoFlush = true, NewLine = "\n" };
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Appends one line. Numbers that JSON lacks (NaN, infinities) are written as text.</summary>
    /// <param name="step">Steps done.</param>
    /// <param name="values">Named numbers, in order.</param>
    /// <param name="kind">Kind of line, such as "train" or "validation".</param>
    public void Append(long step, IEnumerable<KeyValuePair<string, double>> values, string kind = "train")
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("step", step);
            json.WriteString("kind", kind);
            json.WriteString("time", DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
            foreach (var (name, value) in values)
            {
                if (double.IsFinite(value))
                {
                    json.WriteNumber(name, value);
                }
                else
                {
                    json.WriteString(name, value.ToString(CultureInfo.InvariantCulture));
                }
            }

            json.WriteEndObject();
        }

        writer.WriteLine(Encoding.UTF8.GetString(buffer.ToArray()));
    }

    public void Dispose() => writer.Dispose();

    private static void DropAfter(FileStream stream, long lastStep)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
        var kept = new StringBuilder();
        while (reader.ReadLine() is { } line)
        {
            if (StepOf(line) is { } step && step <= lastStep)
            {
                kept.Append(line).Append('\n');
            }
        }

        stream.SetLength(0);
        stream.Write(Encoding.UTF8.GetBytes(kept.ToString()));
        stream.Flush();
    }

    private static long? StepOf(string line)
    {
        try
        {
            return (long?)JsonNode.Parse(line)?["step"];
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException)
        {
            return null; // The last line of a killed run may be incomplete.
        }
    }
}
