using FaceLoupe.Crops;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Models;
using FaceLoupe.Refinement;

namespace FaceLoupe.Cli.Enhancing;

/// <summary>Crops detected faces as the second stage sees them, and has the generator enlarge them.</summary>
internal sealed class FaceEnhancer(ModelBundle bundle)
{
    private readonly ContextCropper _cropper = new(bundle.Manifest.Context);
    private readonly GeneratorModel _generator = new(bundle);

    /// <summary>Enlarges one face.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="face">A face in it.</param>
    /// <param name="reference">A sharper version of the picture; null: none.</param>
    public EnhancedFace Enhance(Picture picture, Face face, ReferencePicture? reference)
    {
        var low = _cropper.Crop(picture, face.Box, _generator.LowResolution);
        var side = _generator.HighResolution;
        var input = new float[3 * low.Width * low.Height];
        var (upsampled, refined) = (new float[3 * side * side], new float[3 * side * side]);
        PixelTensor.Write(low, input);
        _generator.SuperResolve(input, 1, upsampled, refined);
        return new EnhancedFace(
            face,
            low,
            Resampler.Resize(low, side, side),
            PixelTensor.ToPicture(upsampled, side, side),
            PixelTensor.ToPicture(refined, side, side),
            Real(picture, face.Box, reference));
    }

    // A face that is large in the picture itself needs no other: its own pixels are what the shrunk crop came from.
    private Picture? Real(Picture picture, Box box, ReferencePicture? reference)
    {
        var side = _generator.HighResolution;
        if (_cropper.Window(box).LongerSide >= side)
        {
            return Resampler.Crop(picture, _cropper.Window(box), side, side);
        }

        return reference is null
            ? null
            : Resampler.Crop(reference.Picture, reference.Of(_cropper.Window(box)), side, side);
    }
}
