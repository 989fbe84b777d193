using System.Text.Json;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Blurring;

/// <summary>
/// A file beside the record of a run, <c>RECORD.underway</c>, that names the image or video being processed, so that a
/// finished copy that was not recorded is recognised as the program's own.
/// </summary>
internal static class UnderWay
{
    /// <summary>The file beside a record.</summary>
    public static string Of(string record) => OutputPath.Beside(Path.GetFullPath(record), ".underway");

    /// <summary>Records which file is being processed.</summary>
    /// <param name="record">The record.</param>
    /// <param name="file">The image or video.</param>
    /// <param name="target">Its masked copy.</param>
    public static void Write(string record, string file, string target) =>
        File.WriteAllText(Of(record), JsonSerializer.Serialize<string[]>([file, target]));

    /// <summary>The file that a killed program was processing; null: none.</summary>
    public static (string File, string Output)? Read(string record)
    {
        try
        {
            return JsonSerializer.Deserialize<string[]>(InputFile.ReadAllText(Of(record))) is [var file, var output]
                ? (file, output) : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            // Missing or incomplete: the file at the target may be from another program, and is reported.
            return null;
        }
    }

    /// <summary>Nothing is being processed any more.</summary>
    public static void End(string record) => File.Delete(Of(record));
}
