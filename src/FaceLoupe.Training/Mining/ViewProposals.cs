using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Proposals;
using FaceLoupe.Training.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Mining;

/// <summary>Stage 1 over one enlarged view of a canvas, as in the paper.</summary>
internal sealed class ViewProposals : IProposalSource
{
    private readonly MiningOptions options;
    private readonly ProposalNetwork network;
    private readonly AnchorDecoder[] decoders;
    private readonly torch.Device device;

    /// <param name="options">Enlargement, minimum score and NMS.</param>
    /// <param name="network">The trained proposal network; it is put into evaluation mode.</param>
    /// <param name="device">Device to calculate on; null: the CPU.</param>
    public ViewProposals(MiningOptions options, ProposalNetwork network, torch.Device? device = null)
    {
        (this.options, this.network, this.device) = (options, network, device ?? CPU);
        network.to(this.device);
        network.eval();
        network.SetPrecision(options.Precision);
        decoders = [.. network.Options.Branches.Select(branch => new AnchorDecoder(branch.ToSection()))];
    }

    public IReadOnlyList<Proposal> Propose(Picture picture, string name, CancellationToken cancellationToken = default)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var (width, height) = (picture.Width * options.Enlargement, picture.Height * options.Enlargement);
        var pixels = new float[3 * width * height];
        PixelTensor.Write(Resampler.Resize(picture, width, height), pixels);
        var outputs = network.forward(tensor(pixels, [1, 3, height, width], device: device));
        var found = ProposalOutputs.Decode(outputs, 0, decoders, options.MinScore);
        var boxes = found.ConvertAll(proposal => proposal.Box.Scale(1f / options.Enlargement)).ToArray();
        var logits = found.ConvertAll(proposal => proposal.Logit).ToArray();
        return [.. NonMaxSuppression.Keep(boxes, logits, options.Nms, options.ProposalsPerCanvas)
            .Select(kept => new Proposal(boxes[kept], logits[kept]))];
    }
}
