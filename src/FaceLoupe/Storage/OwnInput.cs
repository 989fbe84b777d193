namespace FaceLoupe.Storage;

/// <summary>Keeps a command from writing over what it reads.</summary>
internal static class OwnInput
{
    /// <summary>Refuses a result in the place of an input.</summary>
    /// <param name="option">The option that names the result, for messages.</param>
    /// <param name="output">The file or folder of the result; null: there is none.</param>
    /// <param name="inputs">Files and folders that are read; null: there is none.</param>
    /// <exception cref="FaceLoupeException">It is one of them.</exception>
    public static void Refuse(string option, string? output, params IEnumerable<string?> inputs)
    {
        if (output is null || AtomicFile.IsDevice(output))
        {
            return;
        }

        var places = new PlaceNames();
        var place = places.Of(output);
        if (inputs.OfType<string>().FirstOrDefault(input =>
            places.AllOf(input).Contains(place, StringComparer.OrdinalIgnoreCase)) is { } own)
        {
            throw new FaceLoupeException($"{option} {output}: would replace {own}, which is read; name another place.");
        }
    }
}
