using System.Text.Json;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Blurring;

/// <summary>
/// A file beside the record of a run, <c>RECORD.underway</c>, that names the image or video being processed, so that a
/// copy which was finished but not recorded is known to be the program's own.
/// </summary>
internal static class UnderWay
{
    /// <summary>The file beside a record.</summary>
    public static string Of(string account) => OutputPath.Beside(Path.GetFullPath(account), ".underway");

    /// <summary>Records which file is being processed.</summary>
    /// <param name="account">The record.</param>
    /// <param name="file">The image or video.</param>
    /// <param name="target">Its masked copy.</param>
    public static void Write(string account, string file, string target) =>
        File.WriteAllText(Of(account), JsonSerializer.Serialize<string[]>([file, target]));

    /// <summary>The file that a killed program was processing; null: none.</summary>
    public static (string File, string Output)? Read(string account)
    {
        try
        {
            return JsonSerializer.Deserialize<string[]>(InputFile.ReadAllText(Of(account))) is [var file, var output]
                ? (file, output) : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            // Missing or incomplete: the file at the target may then be someone else's, and is reported.
            return null;
        }
    }

    /// <summary>Nothing is being processed any more.</summary>
    public static void End(string account) => File.Delete(Of(account));
}
