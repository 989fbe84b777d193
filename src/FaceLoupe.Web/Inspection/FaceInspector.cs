using FaceLoupe.Crops;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Models;
using FaceLoupe.Refinement;

namespace FaceLoupe.Web.Inspection;

/// <summary>Repeats the second stage for single proposals and keeps what it makes on the way.</summary>
internal sealed class FaceInspector
{
    private readonly ContextCropper _cropper;
    private readonly GeneratorModel _generator;
    private readonly DiscriminatorModel _discriminator;

    /// <summary>Takes the networks of a bundle, which must outlive this object.</summary>
    public FaceInspector(ModelBundle bundle)
    {
        _cropper = new ContextCropper(bundle.Manifest.Context);
        _generator = new GeneratorModel(bundle);
        _discriminator = new DiscriminatorModel(bundle);
    }

    /// <summary>Looks at one proposal.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="proposal">The proposal, valid and within the picture.</param>
    public Inspection Inspect(Picture picture, in Box proposal)
    {
        int low = _generator.LowResolution, high = _generator.HighResolution;
        var judged = new float[3 * high * high];
        Enlargement? enlargement = null;
        if (_cropper.IsSharp(proposal))
        {
            PixelTensor.Write(_cropper.Crop(picture, proposal, high), judged);
        }
        else
        {
            var crop = _cropper.Crop(picture, proposal, low);
            var values = new float[3 * low * low];
            var upsampled = new float[judged.Length];
            PixelTensor.Write(crop, values);
            _generator.SuperResolve(values, 1, upsampled, judged);
            enlargement = new Enlargement(
                crop, Resampler.Resize(crop, high, high), PixelTensor.ToPicture(upsampled, high, high));
        }

        return new Inspection(
            proposal,
            _cropper.Window(proposal),
            enlargement,
            PixelTensor.ToPicture(judged, high, high),
            _discriminator.Judge(judged, 1)[0]);
    }
}
