using System.Text.Json;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Blurring;

/// <summary>
/// A file beside an account of a run, <c>ACCOUNT.underway</c>, that names the image or video under way, so that a
/// copy of it that was finished, but not written down, is known as the program's own.
/// </summary>
internal static class UnderWay
{
    /// <summary>The file beside an account.</summary>
    public static string Of(string account) => OutputPath.Beside(Path.GetFullPath(account), ".underway");

    /// <summary>Writes down which file is under way.</summary>
    /// <param name="account">The account.</param>
    /// <param name="file">The image or video.</param>
    /// <param name="target">Its masked copy.</param>
    public static void Write(string account, string file, string target) =>
        File.WriteAllText(Of(account), JsonSerializer.Serialize<string[]>([file, target]));

    /// <summary>What a program that was killed had under way; null: nothing.</summary>
    public static (string File, string Output)? Read(string account)
    {
        try
        {
            return JsonSerializer.Deserialize<string[]>(InputFile.ReadAllText(Of(account))) is [var file, var output]
                ? (file, output) : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            // None, or cut short: what lies at the target is then not known to be ours, and is reported.
            return null;
        }
    }

    /// <summary>Nothing is under way any more.</summary>
    public static void End(string account) => File.Delete(Of(account));
}
