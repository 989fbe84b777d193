using FaceLoupe.Cli.Inputs;
using FaceLoupe.Imaging;
using FaceLoupe.Predictions;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Detection.Outputs;

/// <summary>
/// A folder with an XMP sidecar file for each image, <c>photo.jpg.xmp</c> for <c>photo.jpg</c>, in the subfolder of
/// its image. An image is finished once its file exists.
/// </summary>
internal sealed class XmpOutput : IDetectionOutput
{
    private readonly InputList _inputs;
    private readonly string _folder;
    private readonly bool _resume;

    /// <summary>Makes the folder.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="resume">Whether existing files count as finished; otherwise they are refused.</param>
    /// <exception cref="FaceLoupeException">
    /// An input has no sidecar file, two would share one, one already exists, or the folder cannot be made.
    /// </exception>
    public XmpOutput(InputList inputs, string folder, bool resume)
    {
        (_inputs, _folder, _resume) = (inputs, folder, resume);
        var known = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < inputs.Paths.Count; i++)
        {
            var path = inputs.Paths[i];
            if (inputs.IsVideo(i) || path == InputList.StandardInput)
            {
                var kind = inputs.IsVideo(i) ? "videos" : "standard input";
                throw new FaceLoupeException(
                    $"{path}: --format xmp describes files of images, not {kind}; "
                    + "leave it out, or choose --format jsonl.");
            }

            if (!known.TryAdd(inputs.Names[i], path))
            {
                throw new FaceLoupeException(
                    $"{known[inputs.Names[i]]} and {path} would both be written to {inputs.Names[i]}.xmp; give the "
                    + "folder that holds both, or run twice.");
            }

            // It may hold ratings and captions.
            if (!resume && IsThere(i))
            {
                throw new FaceLoupeException(
                    $"{PathOf(i)}: already exists and may hold what others wrote; move it away, give another --out, "
                    + "or skip such images with --resume.");
            }
        }

        OutputFile.MakeFolder("--out", folder);
    }

    public bool IsFinished(PicturePlace place) => _resume && IsThere(place.Input);

    public void Write(PicturePlace place, PictureFaces picture) => AtomicFile.WriteAllText(
        PathOf(place.Input),
        XmpFaceRegions.Document(
            new PictureSize(picture.Width, picture.Height), StoredOrientation.Read(picture.Image), picture.ByScore));

    // If the name is too long for the ending, there is no such file, and the image fails later.
    private bool IsThere(int input) => File.Exists(Path.Combine(_folder, NameOf(input)));

    private string NameOf(int input) => _inputs.Names[input] + ".xmp";

    private string PathOf(int input) => OutputPath.In(_folder, NameOf(input));
}
