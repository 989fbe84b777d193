using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Inputs;

/// <summary>A file that lists inputs, one path per line, relative to the current folder.</summary>
internal static class ListFile
{
    /// <summary>Reads a list.</summary>
    /// <param name="path">The file; '-': standard input.</param>
    /// <param name="standardInput">Opens standard input.</param>
    /// <exception cref="FaceLoupeException">The file cannot be read, or lists nothing.</exception>
    public static IReadOnlyList<string> Read(string path, Func<Stream> standardInput) =>
        [.. Lines(path, standardInput).Select(line => line.Line)];

    /// <summary>
    /// The lines of a list with their numbers from 1, one by one. They are used as they are, including blanks, since
    /// any file name is possible; only empty lines are skipped.
    /// </summary>
    /// <param name="path">The file; '-': standard input.</param>
    /// <param name="standardInput">Opens standard input; null: it is not read.</param>
    /// <exception cref="FaceLoupeException">The file cannot be read, or lists nothing.</exception>
    public static IEnumerable<(string Line, long Number)> Lines(string path, Func<Stream>? standardInput = null)
    {
        using var reader = Try(path, () => new StreamReader(
            path == InputList.StandardInput && standardInput is not null ? standardInput() : InputFile.OpenRead(path)));
        long number = 0, named = 0;
        while (Try(path, reader.ReadLine) is { } line)
        {
            number++;
            if (line.Contains('\0', StringComparison.Ordinal))
            {
                throw new FaceLoupeException(FormattableString.Invariant(
                    $"--list {path}, line {number}: holds a zero byte; expected a text file, one path per line ")
                    + "(of find, -print instead of -print0).");
            }

            if (!string.IsNullOrWhiteSpace(line))
            {
                named++;
                yield return (line, number);
            }
        }

        if (named == 0)
        {
            throw new FaceLoupeException($"--list {path}: lists nothing; expected one path per line.");
        }
    }

    private static T Try<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new FaceLoupeException(
                $"--list {path}: cannot be read ({fault.Message.ReplaceLineEndings(" ")}); expected a text file, one "
                    + "path per line.",
                fault);
        }
    }
}
