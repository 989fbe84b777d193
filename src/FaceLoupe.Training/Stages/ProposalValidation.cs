using FaceLoupe.Datasets;
using FaceLoupe.Evaluation;
using FaceLoupe.Geometry;
using FaceLoupe.Predictions;
using FaceLoupe.Proposals;
using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Samples;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Stages;

/// <summary>
/// Evaluates MB-FCN on canvases of validation images as <c>faceloupe evaluate boxes</c> does on images: all-points
/// average precision at an IoU of 0.5, over all faces and those up to 16 px, and the recall at an IoU of 0.5 and 0.3.
/// </summary>
/// <param name="sampler">Makes the canvases, of which the first ones are used.</param>
/// <param name="count">Number of canvases.</param>
internal sealed class ProposalValidation(CanvasSampler sampler, int count)
{
    private const int BatchSize = 16;
    private const float LeastScore = 0.01f;
    private const float NmsThreshold = 0.5f;
    private const float LooseIoU = 0.3f;

    /// <summary>Runs the network in evaluation mode and resets it to training mode.</summary>
    public IReadOnlyDictionary<string, double> Measure(ProposalNetwork network)
    {
        network.eval();
        var decoders = network.Options.Branches.Select(branch => new AnchorDecoder(branch.ToSection())).ToArray();
        var evaluated = new List<EvaluatedPicture>();
        foreach (var numbers in Enumerable.Range(0, count).Chunk(BatchSize))
        {
            var canvases = numbers.Select(number => sampler.Sample(number, withHighResolution: false)).ToArray();
            evaluated.AddRange(canvases.Zip(Detect(network, decoders, canvases), ToEvaluated));
        }

        network.train();
        var result = new BoxEvaluator().Evaluate(evaluated);
        var loose = new BoxEvaluator(new BoxEvaluationOptions { IouThreshold = LooseIoU }).Evaluate(evaluated);
        return new Dictionary<string, double>
        {
            ["ap"] = result["all"].AveragePrecision ?? 0,
            ["apTiny"] = result["tiny"].AveragePrecision ?? 0,
            ["recall"] = result["all"].ProposalRecall ?? 0,
            ["recallIoU30"] = loose["all"].ProposalRecall ?? 0,
        };
    }

    private static EvaluatedPicture ToEvaluated(TrainingCanvas canvas, IReadOnlyList<ScoredBox> found) => new(
        "canvas",
        [.. canvas.Faces.Select(box => new FaceAnnotation(box)),
            .. canvas.Ignored.Select(box => new FaceAnnotation(box, Invalid: true))],
        found);

    private static List<IReadOnlyList<ScoredBox>> Detect(
        ProposalNetwork network, AnchorDecoder[] decoders, TrainingCanvas[] canvases)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var side = canvases[0].Degraded.Width;
        var pixels = new float[canvases.Length * 3 * side * side];
        for (var i = 0; i < canvases.Length; i++)
        {
            BatchPixels.Write(canvases[i].Degraded, pixels, i, canvases.Length);
        }

        var device = network.parameters().First().device;
        var outputs = network.forward(tensor(pixels, [canvases.Length, 3, side, side], device: device));
        var all = new List<IReadOnlyList<ScoredBox>>();
        for (var i = 0; i < canvases.Length; i++)
        {
            var found = ProposalOutputs.Decode(outputs, i, decoders, LeastScore);
            var kept = NonMaxSuppression.Keep(
                [.. found.Select(box => box.Box)], [.. found.Select(box => box.Logit)], NmsThreshold);
            all.Add([.. kept.Select(index => new ScoredBox(found[index].Box, found[index].Logit))]);
        }

        return all;
    }
}
