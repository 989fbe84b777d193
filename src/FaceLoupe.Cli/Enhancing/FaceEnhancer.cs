using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Models;
using FaceLoupe.Refinement;

namespace FaceLoupe.Cli.Enhancing;

/// <summary>Crops detected faces as the second stage does, and enlarges them with the generator.</summary>
internal sealed class FaceEnhancer(ModelBundle bundle)
{
    private readonly SecondStage _stage = new(bundle);

    /// <summary>Enlarges one face.</summary>
    /// <param name="picture">The image.</param>
    /// <param name="face">A face in it.</param>
    /// <param name="reference">A higher-resolution version of the image; null: none.</param>
    public EnhancedFace Enhance(Picture picture, Face face, ReferencePicture? reference)
    {
        var (low, bicubic, upsampled, refined) = _stage.Enlarge(picture, face.Box);
        return new EnhancedFace(face, low, bicubic, upsampled, refined, Real(picture, face.Box, reference));
    }

    // A face that is large in the image itself needs no reference: the low-resolution crop was made from its pixels.
    private Picture? Real(Picture picture, Box box, ReferencePicture? reference)
    {
        var (window, side) = (_stage.Window(box), _stage.HighResolution);
        if (window.LongerSide >= side)
        {
            return Resampler.Crop(picture, window, side, side);
        }

        return reference is null ? null : Resampler.Crop(reference.Picture, reference.Of(window), side, side);
    }
}
