using FaceLoupe.Proposals;
using FaceLoupe.Scoring;

namespace FaceLoupe.Training.Networks;

/// <summary>Decodes proposals from MB-FCN's tensors.</summary>
internal static class ProposalOutputs
{
    /// <summary>The proposals of one image of a batch, before NMS, in pixels of the network's input.</summary>
    /// <param name="outputs">The branches' raw outputs, N x A x H/s x W/s and N x 4A x H/s x W/s.</param>
    /// <param name="index">Which of the N images, from 0.</param>
    /// <param name="decoders">One decoder per branch, in the same order.</param>
    /// <param name="minScore">Minimum probability, 0 to 1.</param>
    public static List<Proposal> Decode(ProposalOutput[] outputs, int index, AnchorDecoder[] decoders, float minScore)
    {
        var found = new List<Proposal>();
        for (var branch = 0; branch < decoders.Length; branch++)
        {
            var (scores, deltas) = (outputs[branch].Scores[index].cpu(), outputs[branch].Deltas[index].cpu());
            decoders[branch].Decode(
                scores.contiguous().data<float>().ToArray(), deltas.contiguous().data<float>().ToArray(),
                (int)scores.shape[1], (int)scores.shape[2], Logistic.Logit(minScore), found);
        }

        return found;
    }
}
