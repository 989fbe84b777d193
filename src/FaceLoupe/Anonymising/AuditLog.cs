using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FaceLoupe.Geometry;

namespace FaceLoupe.Anonymising;

/// <summary>
/// The log of an anonymisation, as JSON lines: a header, then a line for each masked region, and for each file a line
/// after its regions, also if there are none. Coordinates are pixels of the upright image, as [x, y, width, height].
/// </summary>
public sealed class AuditLog
{
    /// <summary>Incremented when a key changes its meaning or is removed, not for new keys.</summary>
    public const int SchemaVersion = 1;

    private static readonly JsonWriterOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly TextWriter _writer;
    private readonly FaceMasker _masker;

    /// <summary>Begins a log and writes its header.</summary>
    /// <param name="writer">Where the lines go; the log does not dispose it.</param>
    /// <param name="header">Settings of the whole run.</param>
    public AuditLog(TextWriter writer, AuditHeader header)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(header);
        _writer = writer;
        _masker = new FaceMasker(header.Mask);
        Write("header", json => Write(json, header));
    }

    /// <summary>Writes what was masked in an image or a frame, a line each.</summary>
    /// <param name="file">The file as it was given.</param>
    /// <param name="picture">The image or frame after masking.</param>
    /// <param name="frame">Number of the frame, from 0; null: the file is an image.</param>
    /// <param name="time">Its time from the start of the video, in seconds; null: the file is an image.</param>
    public void WriteRegions(string file, AnonymisedPicture picture, long? frame = null, double? time = null)
    {
        ArgumentNullException.ThrowIfNull(picture);
        foreach (var region in picture.Regions)
        {
            Write("region", json =>
            {
                json.WriteString("file", file);
                if (frame is { } number)
                {
                    json.WriteNumber("frame", number);
                }

                if (time is { } seconds)
                {
                    json.WriteNumber("time", Math.Round((decimal)seconds, 3));
                }

                Write(json, "box", region.Box);
                Write(json, "mask", _masker.MaskOf(region.Box, picture.Picture.Width, picture.Picture.Height));
                json.WriteNumber("score", Rounded(region.Score, 4));
                json.WriteString("origin", region.Carried ? "carried" : region.Verified ? "verified" : "detected");
            });
        }
    }

    /// <summary>Writes that a file is done.</summary>
    /// <param name="file">The file as it was given.</param>
    /// <param name="output">Where its masked copy went.</param>
    /// <param name="frames">Number of frames; 1 for an image.</param>
    /// <param name="regions">Number of masked regions over all frames.</param>
    /// <param name="verified">The outcome of searching the result again; null: it was not searched.</param>
    public void WriteDone(string file, string output, long frames, long regions, VerifyTally? verified = null) =>
        Write("done", json =>
    {
        json.WriteString("file", file);
        json.WriteString("output", output);
        json.WriteNumber("frames", frames);
        json.WriteNumber("regions", regions);
        if (verified is { } tally)
        {
            json.WriteStartObject("verified");
            json.WriteNumber("threshold", Rounded(tally.Threshold, 6));
            json.WriteNumber("searches", tally.Searches);
            json.WriteNumber("maskedAgain", tally.MaskedAgain);
            json.WriteEndObject();
        }
    });

    /// <summary>Copies a line of an earlier log unchanged.</summary>
    internal void WriteOn(string line) => _writer.Write(line + "\n");

    /// <summary>Logs that a file failed: it has no masked copy, whatever regions precede.</summary>
    /// <param name="file">The file as it was given.</param>
    /// <param name="message">Why, in one line.</param>
    public void WriteFailed(string file, string message) => Write("failed", json =>
    {
        json.WriteString("file", file);
        json.WriteString("message", message);
    });

    private static void Write(Utf8JsonWriter json, AuditHeader header)
    {
        json.WriteNumber("schemaVersion", SchemaVersion);
        json.WriteString("program", header.Program);
        json.WriteString("started", header.Started);
        json.WriteString("model", header.Model);
        json.WriteStartArray("modelSha256");
        foreach (var hash in header.ModelSha256)
        {
            json.WriteStringValue(hash);
        }

        json.WriteEndArray();
        json.WriteNumber("threshold", Rounded(header.Threshold.Threshold, 6));
        if (header.Threshold.Certificate is { } certificate)
        {
            json.WriteStartObject("certificate");
            json.WriteString("file", certificate.File);
            json.WriteString("sha256", certificate.FileSha256);
            json.WriteNumber("miss", certificate.Miss);
            json.WriteNumber("confidence", certificate.Confidence);
            json.WriteNumber("pictures", certificate.Pictures);
            json.WriteEndObject();
        }

        if (header.Threshold.Point is { } point)
        {
            json.WriteStartObject("operatingPoint");
            json.WriteNumber("recall", Rounded(point.Recall, 6));
            json.WriteNumber("falseAlarmsPerPicture", Rounded(point.FalseAlarmsPerPicture, 6));
            json.WriteString("measuredOn", point.MeasuredOn);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("operatingPoint");
        }

        json.WriteString("mask", header.Mask.Kind.ToString().ToLowerInvariant());
        json.WriteString("shape", header.Mask.Shape.ToString().ToLowerInvariant());
        json.WriteNumber("maskScale", Rounded(header.Mask.Scale, 4));
        if (header.Mask.Kind == MaskKind.Solid)
        {
            json.WriteString("color", header.Mask.Color.ToString());
        }

        if (header.Mask.Feather > 0)
        {
            json.WriteNumber("feather", Rounded(header.Mask.Feather, 4));
        }

        json.WriteNumber("carry", header.Carry);
        if (header.MinFace > 0)
        {
            json.WriteNumber("minFace", Rounded(header.MinFace, 2));
        }

        if (header.CorrectionsSha256 is { } corrections)
        {
            json.WriteString("corrections", corrections);
        }

        if (header.DetectEvery > 1)
        {
            json.WriteNumber("detectEvery", header.DetectEvery);
        }

        if (header.Verify)
        {
            json.WriteBoolean("verify", true);
        }

        if (header.AllowDamaged)
        {
            json.WriteBoolean("allowDamaged", true);
        }
    }

    private static void Write(Utf8JsonWriter json, string name, Box box)
    {
        json.WriteStartArray(name);
        foreach (var value in (ReadOnlySpan<float>)[box.X, box.Y, box.Width, box.Height])
        {
            json.WriteNumberValue(Rounded(value, 2));
        }

        json.WriteEndArray();
    }

    private void Write(string type, Action<Utf8JsonWriter> content)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Format))
        {
            json.WriteStartObject();
            json.WriteString("type", type);
            content(json);
            json.WriteEndObject();
        }

        // The same line ends everywhere.
        _writer.Write(Encoding.UTF8.GetString(stream.ToArray()) + "\n");
    }

    // Decimals print as they read: 12.3 and not 12.300000190734863.
    private static decimal Rounded(float value, int digits) => Math.Round((decimal)value, digits);
}
