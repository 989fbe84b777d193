using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Inputs;

/// <summary>A file that lists inputs, one path per line, relative to the current folder.</summary>
internal static class ListFile
{
    /// <summary>
    /// Reads a list. Lines are used as they are, including blanks, since any file name is possible; only empty lines
    /// are skipped.
    /// </summary>
    /// <param name="path">The file; '-': standard input.</param>
    /// <param name="standardInput">Opens standard input.</param>
    /// <exception cref="FaceLoupeException">The file cannot be read, or lists nothing.</exception>
    public static IReadOnlyList<string> Read(string path, Func<Stream> standardInput)
    {
        var name = path == InputList.StandardInput ? "standard input" : path;
        try
        {
            using var reader = new StreamReader(
                path == InputList.StandardInput ? standardInput() : InputFile.OpenRead(path));
            var lines = new List<string>();
            while (reader.ReadLine() is { } line)
            {
                if (!string.IsNullOrWhiteSpace(line))
                {
                    lines.Add(line);
                }
            }

            return lines.Count > 0
                ? lines
                : throw new FaceLoupeException($"--list {path}: {name} lists nothing; wanted one path per line.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Unreadable(path, fault);
        }
    }

    /// <summary>The lines of a list that name something, with their numbers from 1, one after the other.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FaceLoupeException">The file cannot be read, or lists nothing.</exception>
    public static IEnumerable<(string Line, long Number)> Lines(string path)
    {
        using var reader = Open(path);
        long number = 0, named = 0;
        while (Next(reader, path) is { } line)
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                named++;
                yield return (line, number);
            }
        }

        if (named == 0)
        {
            throw new FaceLoupeException($"--list {path}: lists nothing; wanted one path per line.");
        }
    }

    private static StreamReader Open(string path)
    {
        try
        {
            return new StreamReader(InputFile.OpenRead(path));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Unreadable(path, fault);
        }
    }

    private static string? Next(StreamReader reader, string path)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (IOException fault)
        {
            throw Unreadable(path, fault);
        }
    }

    private static FaceLoupeException Unreadable(string path, Exception fault) => new(
        $"--list {path}: cannot be read ({fault.Message.ReplaceLineEndings(" ")}); wanted a text file, one path per "
            + "line.",
        fault);
}
