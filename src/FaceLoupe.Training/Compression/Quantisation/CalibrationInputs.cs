using FaceLoupe.Crops;
using FaceLoupe.Imaging;
using FaceLoupe.Models;
using FaceLoupe.Proposals;
using FaceLoupe.Refinement;

namespace FaceLoupe.Training.Compression.Quantisation;

/// <summary>Inputs of the three networks during detection on some images.</summary>
internal sealed class CalibrationInputs
{
    private const int TileSide = 512;
    private const int CropsOfAPicture = 32;

    private CalibrationInputs()
    {
    }

    /// <summary>Tiles of the images at the model's scales.</summary>
    public List<NetworkInput> Proposals { get; } = [];

    /// <summary>Batches of small crops.</summary>
    public List<NetworkInput> Generator { get; } = [];

    /// <summary>The same after generation, and native crops.</summary>
    public List<NetworkInput> Discriminator { get; } = [];

    /// <summary>Collects the inputs; images without a proposal give tiles only.</summary>
    public static CalibrationInputs Collect(ModelBundle bundle, IEnumerable<string> pictures)
    {
        var inputs = new CalibrationInputs();
        var proposals = new ProposalModel(bundle);
        var generator = new GeneratorModel(bundle);
        var cropper = new ContextCropper(bundle.Manifest.Context);
        foreach (var path in pictures)
        {
            var picture = PictureFile.Read(path);
            inputs.AddTiles(picture, bundle.Manifest);
            var found = proposals.Propose(picture).Take(CropsOfAPicture).ToLookup(
                proposal => cropper.IsNative(proposal.Box));
            inputs.AddCrops(picture, [.. found[false]], [.. found[true]], cropper, generator);
        }

        return inputs;
    }

    // The centre of an image, where people are.
    private void AddTiles(Picture picture, ModelManifest manifest)
    {
        var multiple = manifest.Proposals.SizeMultiple;
        foreach (var step in manifest.Detection.Scales)
        {
            var (width, height) = (Side(picture.Width * step.Factor), Side(picture.Height * step.Factor));
            var region = Geometry.Box.FromCenter(
                picture.Width / 2f, picture.Height / 2f, width / step.Factor, height / step.Factor);
            var values = new float[3 * width * height];
            Resampler.Crop(picture, region, width, height, values);
            Proposals.Add(new NetworkInput(values, [1, 3, height, width]));
        }

        int Side(float level) =>
            Math.Max(multiple, (int)Math.Min(level, TileSide) / multiple * multiple);
    }

    private void AddCrops(
        Picture picture, Proposal[] blurred, Proposal[] native, ContextCropper cropper, GeneratorModel generator)
    {
        int low = generator.LowResolution, high = generator.HighResolution;
        if (blurred.Length > 0)
        {
            var small = new float[blurred.Length * 3 * low * low];
            cropper.Crop(picture, blurred, low, small);
            Generator.Add(new NetworkInput(small, [blurred.Length, 3, low, low]));
            var large = new float[blurred.Length * 3 * high * high];
            generator.SuperResolve(small, blurred.Length, large);
            Discriminator.Add(new NetworkInput(large, [blurred.Length, 3, high, high]));
        }

        if (native.Length > 0)
        {
            var large = new float[native.Length * 3 * high * high];
            cropper.Crop(picture, native, high, large);
            Discriminator.Add(new NetworkInput(large, [native.Length, 3, high, high]));
        }
    }
}
