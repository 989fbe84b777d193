using System.Globalization;
using FaceLoupe.Cli.Detection.Outputs;
using FaceLoupe.Cli.Inputs;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Detection.FacePictures;

/// <summary>
/// A file for each face of each image or frame: <c>IMAGE_0001.png</c>, <c>VIDEO_000012_0001.png</c>, in the
/// subfolder of its input. Two never share a name, and no image that is an input is overwritten.
/// </summary>
internal sealed class FaceFileNames
{
    private readonly string _option;
    private readonly string _folder;
    private readonly InputStems _stems;
    private readonly PlaceNames _names = new();
    private readonly HashSet<string> _originals;

    /// <summary>Chooses the names.</summary>
    /// <param name="option">The option that names the folder.</param>
    /// <param name="folder">The folder; it is created.</param>
    /// <param name="inputs">The inputs.</param>
    /// <param name="stems">Their names.</param>
    /// <exception cref="FaceLoupeException">The folder cannot be created.</exception>
    public FaceFileNames(string option, string folder, InputList inputs, InputStems stems)
    {
        (_option, _folder, _stems) = (option, folder, stems);
        OutputFile.MakeFolder(option, folder);
        _originals = _names.SetOf(inputs.Paths);
    }

    /// <summary>The path for a face.</summary>
    /// <param name="place">Which image.</param>
    /// <param name="face">The face's number, from 1.</param>
    /// <exception cref="FaceLoupeException">An input has that name, or no file can have it.</exception>
    public string For(PicturePlace place, int face)
    {
        var path = OutputPath.In(
            _folder, string.Create(CultureInfo.InvariantCulture, $"{_stems.Of(place)}_{face:0000}.png"));
        return _originals.Contains(_names.Of(path))
            ? throw new FaceLoupeException(
                $"{_option} {_folder}: would overwrite the input {path}; give another folder.")
            : path;
    }
}
