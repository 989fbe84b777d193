namespace FaceLoupe.Training.Configuration;

/// <summary>Keeps a command from writing over what it reads.</summary>
internal static class OwnInput
{
    /// <summary>Refuses a result in the place of an input.</summary>
    /// <param name="option">The option that names the result.</param>
    /// <param name="output">The file or folder of the result.</param>
    /// <param name="inputs">Files and folders that are read.</param>
    /// <exception cref="FaceLoupeException">It is one of them.</exception>
    public static void Refuse(string option, string output, params ReadOnlySpan<string> inputs)
    {
        foreach (var input in inputs)
        {
            if (Same(input) == Same(output))
            {
                throw new FaceLoupeException($"{option} {output}: would replace what is read; name another place.");
            }
        }
    }

    private static string Same(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
}
