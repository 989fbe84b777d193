using FaceLoupe.Crops;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Models;
using FaceLoupe.Proposals;

namespace FaceLoupe.Refinement;

/// <summary>The steps of the second stage.</summary>
internal enum RefinementStep
{
    Crops,
    Generator,
    Discriminator,
}

/// <summary>
/// The second stage: windows with context, the generator, the discriminator. A detector runs it in batches; for single
/// boxes it returns the intermediate images too. Thread-safe.
/// </summary>
public sealed class SecondStage
{
    private const int BatchSize = 32;

    private readonly ContextCropper _cropper;
    private readonly GeneratorModel _generator;
    private readonly DiscriminatorModel _discriminator;

    /// <summary>Takes the networks of a bundle.</summary>
    /// <param name="bundle">The bundle; must outlive this object.</param>
    public SecondStage(ModelBundle bundle)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        _cropper = new ContextCropper(bundle.Manifest.Context);
        _generator = new GeneratorModel(bundle);
        _discriminator = new DiscriminatorModel(bundle);
    }

    /// <summary>Side H of the discriminator's input, in pixels.</summary>
    public int HighResolution => _generator.HighResolution;

    /// <summary>The square around a box that is cut out, in pixels of the image; may reach outside.</summary>
    /// <param name="proposal">The box.</param>
    public Box Window(in Box proposal) => _cropper.Window(proposal);

    /// <summary>Whether the window of a box has native resolution and skips the generator.</summary>
    internal bool IsNative(in Box proposal) => _cropper.IsNative(proposal);

    /// <summary>Memory for batches of this size.</summary>
    internal PatchBuffers Buffers(int batchSize) => new(batchSize, _generator.LowResolution, HighResolution);

    /// <summary>The discriminator's outputs for a batch.</summary>
    /// <param name="picture">The image.</param>
    /// <param name="batch">Proposals, either all native (<see cref="IsNative"/>) or none.</param>
    /// <param name="patches">Memory, see <see cref="Buffers"/>.</param>
    /// <param name="threads">Maximum number of threads that cut windows; 0: one per core.</param>
    /// <param name="ended">Called after each step.</param>
    internal DiscriminatorOutput[] Classify(
        Picture picture, Proposal[] batch, PatchBuffers patches, int threads, Action<RefinementStep> ended)
    {
        var high = patches.High(batch.Length);
        if (IsNative(batch[0].Box))
        {
            _cropper.Crop(picture, batch, HighResolution, high, threads);
            ended(RefinementStep.Crops);
        }
        else
        {
            var low = patches.Low(batch.Length);
            _cropper.Crop(picture, batch, _generator.LowResolution, low, threads);
            ended(RefinementStep.Crops);
            _generator.SuperResolve(low, batch.Length, high.Span);
            ended(RefinementStep.Generator);
        }

        var outputs = _discriminator.Classify(high, batch.Length);
        ended(RefinementStep.Discriminator);
        return outputs;
    }

    /// <summary>Cuts out the window of a box as it is.</summary>
    /// <param name="picture">The image.</param>
    /// <param name="proposal">The box.</param>
    /// <param name="size">Side of the result, in pixels.</param>
    public Picture Crop(Picture picture, in Box proposal, int size) => _cropper.Crop(picture, proposal, size);

    /// <summary>
    /// Runs generator and discriminator as for a proposal; a window of native resolution skips the generator.
    /// </summary>
    /// <param name="picture">The image.</param>
    /// <param name="proposal">The box, valid and within the image.</param>
    public SecondStageView Run(Picture picture, in Box proposal)
    {
        var values = new float[Length(HighResolution)];
        Enlargement? enlargement = null;
        if (IsNative(proposal))
        {
            PixelTensor.Write(Crop(picture, proposal, HighResolution), values);
        }
        else
        {
            enlargement = Enlarge(picture, proposal, values);
        }

        return new SecondStageView(
            proposal,
            Window(proposal),
            enlargement,
            PixelTensor.ToPicture(values, HighResolution, HighResolution),
            _discriminator.Classify(values, 1)[0]);
    }

    /// <summary>Shows every step of the generator, also for a window of native resolution.</summary>
    /// <param name="picture">The image.</param>
    /// <param name="proposal">The box.</param>
    public Enlargement Enlarge(Picture picture, in Box proposal) =>
        Enlarge(picture, proposal, new float[Length(HighResolution)]);

    /// <summary>The generator's outputs for the windows of many boxes, H x H pixels each, in order.</summary>
    /// <param name="picture">The image.</param>
    /// <param name="proposals">The boxes.</param>
    public IEnumerable<Picture> Enlarge(Picture picture, IEnumerable<Box> proposals)
    {
        int low = Length(_generator.LowResolution), high = Length(HighResolution);
        foreach (var batch in proposals.Chunk(BatchSize))
        {
            var (input, output) = (new float[batch.Length * low], new float[batch.Length * high]);
            for (var i = 0; i < batch.Length; i++)
            {
                PixelTensor.Write(Crop(picture, batch[i], _generator.LowResolution), input.AsSpan(i * low, low));
            }

            _generator.SuperResolve(input, batch.Length, output);
            for (var i = 0; i < batch.Length; i++)
            {
                yield return PixelTensor.ToPicture(output.AsSpan(i * high, high), HighResolution, HighResolution);
            }
        }
    }

    private static int Length(int side) => 3 * side * side;

    private Enlargement Enlarge(Picture picture, in Box proposal, float[] refined)
    {
        var low = Crop(picture, proposal, _generator.LowResolution);
        var (input, upsampled) = (new float[Length(low.Width)], new float[refined.Length]);
        PixelTensor.Write(low, input);
        _generator.SuperResolve(input, 1, upsampled, refined);
        return new Enlargement(
            low,
            Resampler.Resize(low, HighResolution, HighResolution),
            PixelTensor.ToPicture(upsampled, HighResolution, HighResolution),
            PixelTensor.ToPicture(refined, HighResolution, HighResolution));
    }
}
