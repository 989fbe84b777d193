using FaceLoupe.Cli.Inputs;
using FaceLoupe.Crops;
using FaceLoupe.Imaging;
using FaceLoupe.Models;
using FaceLoupe.Refinement;

namespace FaceLoupe.Cli.Detection.FacePictures;

/// <summary>
/// What the generator makes of each face: its window, surroundings included, four times as sharp. A window that has as
/// many pixels as that already is cut out as it is; the generator would only throw some away.
/// </summary>
internal sealed class SuperResolvedFaces : IFacePictures
{
    private const int BatchSize = 32;

    private readonly FaceFileNames _names;
    private readonly ContextCropper _cropper;
    private readonly GeneratorModel _generator;

    /// <summary>Takes the generator of a model.</summary>
    /// <param name="names">Where the pictures go.</param>
    /// <param name="bundle">The model; must outlive this object.</param>
    public SuperResolvedFaces(FaceFileNames names, ModelBundle bundle)
    {
        _names = names;
        _cropper = new ContextCropper(bundle.Manifest.Context);
        _generator = new GeneratorModel(bundle);
    }

    public void Write(PicturePlace place, Picture picture, IReadOnlyList<Face> faces)
    {
        var small = new List<int>();
        for (var i = 0; i < faces.Count; i++)
        {
            var window = _cropper.Window(faces[i].Box);
            if (window.LongerSide < _generator.HighResolution)
            {
                small.Add(i);
                continue;
            }

            var side = (int)MathF.Round(window.LongerSide);
            PictureFile.Write(_cropper.Crop(picture, faces[i].Box, side), _names.For(place, i + 1));
        }

        foreach (var batch in small.Chunk(BatchSize))
        {
            Generate(place, picture, faces, batch);
        }
    }

    private void Generate(PicturePlace place, Picture picture, IReadOnlyList<Face> faces, int[] batch)
    {
        int low = _generator.LowResolution, high = _generator.HighResolution;
        int lowLength = 3 * low * low, highLength = 3 * high * high;
        var input = new float[batch.Length * lowLength];
        var output = new float[batch.Length * highLength];
        for (var i = 0; i < batch.Length; i++)
        {
            PixelTensor.Write(
                _cropper.Crop(picture, faces[batch[i]].Box, low), input.AsSpan(i * lowLength, lowLength));
        }

        _generator.SuperResolve(input, batch.Length, output);
        for (var i = 0; i < batch.Length; i++)
        {
            PictureFile.Write(
                PixelTensor.ToPicture(output.AsSpan(i * highLength, highLength), high, high),
                _names.For(place, batch[i] + 1));
        }
    }
}
