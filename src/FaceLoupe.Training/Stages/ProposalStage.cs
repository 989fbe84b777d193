using FaceLoupe.Imaging;
using FaceLoupe.Training.Losses;
using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Runs;
using FaceLoupe.Training.Samples;
using TorchSharp;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Stages;

/// <summary>Options of the stage that trains the proposal network.</summary>
internal sealed record ProposalStageOptions : LoopOptions
{
    /// <summary>Hardest background anchors kept for each face anchor. Default 3.</summary>
    public double NegativesPerPositive { get; init; } = 3;

    /// <summary>Which anchors count as faces.</summary>
    public AnchorMatchOptions Anchors { get; init; } = new();

    /// <summary>Decay of the averaged weights that are exported, per step. Default 0.998.</summary>
    public double AverageDecay { get; init; } = 0.998;

    /// <summary>
    /// Folder of a finished training whose MB-FCN teaches this one: a network with the same anchors, usually larger
    /// (<see cref="DistillationLoss"/>). Null (the default): annotations alone.
    /// </summary>
    public string? Teacher { get; init; }

    /// <summary>Weight of what the teacher says, over 1 for the annotations. Default 1.</summary>
    public double TeacherWeight { get; init; } = 1;

    /// <summary>Largest norm of the gradient of all weights together. Default 10.</summary>
    public double MaxGradientNorm { get; init; } = 10;

    public override IEnumerable<string> Faults()
    {
        foreach (var fault in base.Faults())
        {
            yield return fault;
        }

        if (NegativesPerPositive <= 0 || AverageDecay is < 0 or >= 1 || MaxGradientNorm <= 0)
        {
            yield return "negativesPerPositive and maxGradientNorm must be above 0, averageDecay from 0 to below 1";
        }

        if (TeacherWeight < 0)
        {
            yield return "teacherWeight must be at least 0";
        }
    }
}

/// <summary>Trains MB-FCN on canvases (the paper's section 3.1).</summary>
/// <param name="config">Options of the run.</param>
/// <param name="sampler">Makes the canvases.</param>
/// <param name="teacher">A trained network to learn from besides the annotations; null: none.</param>
internal sealed class ProposalStage(TrainingConfig config, CanvasSampler sampler, ProposalNetwork? teacher = null)
{
    private readonly ProposalStageOptions options = config.Proposals;
    private readonly AnchorMatcher matcher = new(config.ProposalNetwork.Branches, config.Canvas.Size, config.Proposals.Anchors);
    private readonly int size = config.Canvas.Size;

    /// <summary>Trains until the steps are done or a stop is wished for; the network is the result.</summary>
    public void Train(ProposalNetwork network, RunDirectory run, CancellationToken cancellation)
    {
        network.Trunk.Freeze();
        network.train();
        network.SetPrecision(options.Precision);
        using var optimizer = new AdamOptimizer(network.parameters().Where(p => p.requires_grad));
        using var average = new WeightAverage(network, options.AverageDecay);
        var state = new TrainedState().Add("proposals", network).Add("proposals", optimizer).Add("proposals", average);
        using var session = new StageSession(run, "proposals", options, state, cancellation);
        using var batches = new Prefetcher<Batch>(MakeBatch, session.Step, options.Workers, 4);

        while (session.Next())
        {
            using var scope = NewDisposeScope();
            var batch = batches.Next(CancellationToken.None);
            var images = tensor(batch.Images, [options.BatchSize, 3, size, size]);
            var truth = new AnchorTruth(
                tensor(batch.Labels, [options.BatchSize, matcher.Count]),
                tensor(batch.Deltas, [options.BatchSize, matcher.Count, 4]));

            var outputs = network.forward(images);
            var loss = ProposalLoss.Of(outputs, truth, options.NegativesPerPositive);
            if (teacher is not null)
            {
                DistillationLoss.AddTo(loss, outputs, Ask(images), options.NegativesPerPositive, options.TeacherWeight);
            }

            var values = loss.Values();
            optimizer.ZeroGradients();
            loss.Total.backward();
            optimizer.ClipGradients(options.MaxGradientNorm);
            optimizer.LearningRate = session.LearningRate;
            optimizer.Step();
            average.Update(session.Step);
            session.EndStep(values, options.BatchSize);
        }
    }

    private ProposalOutput[] Ask(Tensor images)
    {
        using var noGrad = no_grad();
        return teacher!.forward(images);
    }

    private Batch MakeBatch(long step)
    {
        var batch = new Batch(
            new float[options.BatchSize * 3 * size * size],
            new float[options.BatchSize * matcher.Count],
            new float[options.BatchSize * matcher.Count * 4]);
        for (var i = 0; i < options.BatchSize; i++)
        {
            var canvas = sampler.Sample((step * options.BatchSize) + i, withSharp: false);
            PixelTensor.Write(canvas.Degraded, batch.Images.AsSpan(i * 3 * size * size, 3 * size * size));
            var labels = matcher.Match(canvas.Faces, canvas.Ignored);
            labels.Labels.CopyTo(batch.Labels, i * matcher.Count);
            labels.Deltas.CopyTo(batch.Deltas, i * matcher.Count * 4);
        }

        return batch;
    }

    private sealed record Batch(float[] Images, float[] Labels, float[] Deltas);
}
