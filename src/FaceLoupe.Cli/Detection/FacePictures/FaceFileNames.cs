using System.Globalization;
using FaceLoupe.Cli.Detection.Outputs;
using FaceLoupe.Evaluation;

namespace FaceLoupe.Cli.Detection.FacePictures;

/// <summary>
/// A file for each face of each picture: <c>PICTURE_0001.png</c>, in the subfolder of its picture. Two pictures never
/// share a name, and no picture that is an input is overwritten.
/// </summary>
internal sealed class FaceFileNames
{
    private readonly string _option;
    private readonly string _folder;
    private readonly string[] _stems;
    private readonly HashSet<string> _originals;

    /// <summary>Chooses the names.</summary>
    /// <param name="option">The option that names the folder.</param>
    /// <param name="folder">The folder; it is made.</param>
    /// <param name="inputs">The inputs.</param>
    /// <exception cref="FaceLoupeException">The folder cannot be made.</exception>
    public FaceFileNames(string option, string folder, InputList inputs)
    {
        (_option, _folder) = (option, folder);
        OutputFile.MakeFolder(option, folder);
        _originals = inputs.Pictures.Select(Path.GetFullPath).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var stems = inputs.Names.Select(PredictionFolder.KeyOf)
            .CountBy(stem => stem, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(StringComparer.OrdinalIgnoreCase);

        // x.jpg beside x.png: their faces are told apart by the whole name.
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        _stems = [.. inputs.Names.Select(name =>
            Unused(stems[PredictionFolder.KeyOf(name)] == 1 ? PredictionFolder.KeyOf(name) : name, taken))];
    }

    /// <summary>The path for a face.</summary>
    /// <param name="picture">The picture's place among the inputs.</param>
    /// <param name="face">The face's number, from 1.</param>
    /// <exception cref="FaceLoupeException">An input has that name.</exception>
    public string For(int picture, int face)
    {
        var path = Path.Combine(
            _folder, string.Create(CultureInfo.InvariantCulture, $"{_stems[picture]}_{face:0000}.png"));
        return _originals.Contains(Path.GetFullPath(path))
            ? throw new FaceLoupeException(
                $"{_option} {_folder}: would overwrite the input {path}; give another folder.")
            : path;
    }

    private static string Unused(string stem, HashSet<string> taken)
    {
        var name = stem;
        for (var number = 2; !taken.Add(name); number++)
        {
            name = FormattableString.Invariant($"{stem}-{number}");
        }

        return name;
    }
}
