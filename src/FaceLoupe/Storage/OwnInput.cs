namespace FaceLoupe.Storage;

/// <summary>Keeps a command from writing over what it reads.</summary>
internal static class OwnInput
{
    /// <summary>The input in whose place a result would be; null: none is.</summary>
    /// <param name="output">The file or folder of the result.</param>
    /// <param name="inputs">Files and folders that are read.</param>
    public static string? Replaced(string output, IEnumerable<string> inputs)
    {
        var names = new PlaceNames();
        var place = Directory.Exists(output) ? RealPath.Of(output) : names.Of(output);
        return inputs.FirstOrDefault(input => names.AllOf(input).Contains(place, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Refuses a result in the place of an input.</summary>
    /// <param name="option">The option that names the result, for messages.</param>
    /// <param name="output">The file or folder of the result; null: there is none.</param>
    /// <param name="inputs">Files and folders that are read; null: there is none.</param>
    /// <exception cref="FaceLoupeException">It is one of them.</exception>
    public static void Refuse(string option, string? output, params IEnumerable<string?> inputs)
    {
        if (output is not null && !AtomicFile.IsDevice(output)
            && Replaced(output, inputs.OfType<string>()) is { } own)
        {
            throw new FaceLoupeException($"{option} {output}: would replace {own}, which is read; name another place.");
        }
    }
}
