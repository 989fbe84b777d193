using FaceLoupe.Crops;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Proposals;
using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Runs;
using FaceLoupe.Training.Samples;
using TorchSharp;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Mining;

/// <summary>
/// Crops faces and non-faces with the trained stage 1 (Figure 3 of the paper): stage 2 learns from stage 1's mistakes.
/// </summary>
internal sealed class RegionMiner
{
    private readonly TrainingConfig config;
    private readonly MiningOptions options;
    private readonly ProposalNetwork network;
    private readonly AnchorDecoder[] decoders;
    private readonly RegionLabeller labeller;
    private readonly ContextCropper cropper;
    private readonly torch.Device device;

    /// <param name="config">Options of the run.</param>
    /// <param name="network">The trained proposal network; it is put into evaluation mode.</param>
    /// <param name="device">Where to calculate; null: on the processor.</param>
    public RegionMiner(TrainingConfig config, ProposalNetwork network, torch.Device? device = null)
    {
        (this.config, options, this.network, this.device) = (config, config.Mine, network, device ?? CPU);
        network.to(this.device);
        network.eval();
        network.SetPrecision(options.Precision);
        decoders = [.. network.Options.Branches.Select(branch => new AnchorDecoder(branch.ToSection()))];
        labeller = new RegionLabeller(options);
        cropper = new ContextCropper(config.Regions.ToContext(config.Regions.NativeAbove));
    }

    /// <summary>Mines canvases into a file of regions.</summary>
    /// <param name="sampler">Makes the canvases.</param>
    /// <param name="canvases">How many.</param>
    /// <param name="path">File to write.</param>
    /// <param name="stage">Word for the progress.</param>
    /// <param name="cancellation">Stops after the canvas under way; nothing is written then.</param>
    /// <returns>False when stopped.</returns>
    public bool Mine(CanvasSampler sampler, int canvases, string path, string stage, CancellationToken cancellation)
    {
        using var progress = new TrainingProgress(stage, canvases);
        using var regions = new Prefetcher<RegionSample[]>(
            index => Mine(sampler.Sample(index, withSharp: true), index), 0, options.Workers);
        using var writer = new RegionFileWriter(path, config.Regions.LowResolution, config.Regions.HighResolution);
        for (var i = 0; i < canvases; i++)
        {
            if (cancellation.IsCancellationRequested)
            {
                return false;
            }

            Array.ForEach(regions.Next(CancellationToken.None), writer.Add);

            progress.Report(
                i + 1, new Dictionary<string, double> { ["regions"] = writer.Count, ["faces"] = writer.Faces }, 1);
        }

        writer.Finish();
        return true;
    }

    private RegionSample[] Mine(TrainingCanvas canvas, long index)
    {
        var random = new SampleRandom(config.Seed ^ 0x9E3779B97F4A7C15, index);
        return [.. labeller.Label(canvas, Propose(canvas.Degraded), random).Select(region => Crop(canvas, region))];
    }

    /// <summary>Stage 1 over one canvas; boxes in pixels of the canvas, best first.</summary>
    public IReadOnlyList<Proposal> Propose(Picture canvas)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var (width, height) = (canvas.Width * options.Enlargement, canvas.Height * options.Enlargement);
        var pixels = new float[3 * width * height];
        PixelTensor.Write(Resampler.Resize(canvas, width, height), pixels);
        var outputs = network.forward(tensor(pixels, [1, 3, height, width], device: device));
        var found = new List<Proposal>();
        for (var i = 0; i < decoders.Length; i++)
        {
            var (scores, deltas) = (outputs[i].Scores.cpu(), outputs[i].Deltas.cpu());
            decoders[i].Decode(
                scores.contiguous().data<float>().ToArray(), deltas.contiguous().data<float>().ToArray(),
                (int)scores.shape[2], (int)scores.shape[3], Logistic.Logit(options.MinScore), found);
        }

        var boxes = found.ConvertAll(proposal => proposal.Box.Scale(1f / options.Enlargement)).ToArray();
        var logits = found.ConvertAll(proposal => proposal.Logit).ToArray();
        return [.. NonMaxSuppression.Keep(boxes, logits, options.Nms, options.ProposalsPerCanvas).Select(k => new Proposal(boxes[k], logits[k]))];
    }

    private RegionSample Crop(TrainingCanvas canvas, LabelledRegion region)
    {
        var sharp = canvas.Sharp!;
        var native = cropper.IsSharp(region.Box);

        // The very window of the degraded canvas: the factor goes with a face's size there, not in the larger original.
        var window = cropper.Window(region.Box).Scale((float)sharp.Width / canvas.Degraded.Width);
        return new RegionSample(
            cropper.Crop(canvas.Degraded, region.Box, config.Regions.LowResolution),
            native
                ? cropper.Crop(canvas.Degraded, region.Box, config.Regions.HighResolution)
                : Resampler.Crop(sharp, window, config.Regions.HighResolution, config.Regions.HighResolution),
            region.IsFace, region.Logit, region.IoU, region.Box.LongerSide, region.Shift, native);
    }
}
