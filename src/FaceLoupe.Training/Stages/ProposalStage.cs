using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using FaceLoupe.Training.Detectors;
using FaceLoupe.Training.Losses;
using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Optimisation;
using FaceLoupe.Training.Runs;
using FaceLoupe.Training.Samples;
using TorchSharp;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Stages;

/// <summary>Options of the stage that trains the proposal network.</summary>
internal sealed record ProposalStageOptions : LoopOptions, IValidatableObject
{
    /// <summary>Hardest background anchors kept for each face anchor. Default 3.</summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public double NegativesPerPositive { get; init; } = 3;

    /// <summary>Which anchors count as faces.</summary>
    public AnchorMatchOptions Anchors { get; init; } = new();

    /// <summary>Decay of the averaged weights that are exported, per step. Default 0.998.</summary>
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double AverageDecay { get; init; } = 0.998;

    /// <summary>A trained MB-FCN to learn from (<see cref="DistillationLoss"/>). Default none.</summary>
    public TeacherOptions Teacher { get; init; } = new();

    /// <summary>
    /// Public detectors whose scores on every canvas turn its labels into chances (<see cref="SoftLabels"/>); null (the
    /// default): the annotations alone.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CanvasDetectorOptions? Detectors { get; init; }

    /// <summary>
    /// Canvases of the validation pictures whose average precision is logged with the averaged weights; 0: none.
    /// Default 128.
    /// </summary>
    [Range(0, int.MaxValue)]
    public int ValidationCanvases { get; init; } = 128;

    /// <summary>Steps between two measurements of it. Default 200.</summary>
    [Range(1.0, long.MaxValue)]
    public long ValidateEvery { get; init; } = 200;

    /// <summary>Largest norm of the gradient of all weights together. Default 10.</summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public double MaxGradientNorm { get; init; } = 10;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Teacher.Prune && StartFrom is not null)
        {
            yield return new("a network pruned from its teacher (teacher.cut) has no startFrom: drop one of the two");
        }
    }
}

/// <summary>Trains MB-FCN on canvases (the paper's section 3.1).</summary>
/// <param name="options">How it trains.</param>
/// <param name="branches">The network's branches, whose anchors are matched with the faces.</param>
/// <param name="size">Side of a canvas, px.</param>
/// <param name="sampler">Makes the canvases.</param>
/// <param name="teacher">A trained network to learn from besides the annotations; null: none.</param>
/// <param name="device">Where to calculate; null: on the processor.</param>
/// <param name="validation">Makes the canvases that the average precision is logged on; null: none is.</param>
/// <param name="detectors">Public detectors that look at every canvas; null: none do.</param>
internal sealed class ProposalStage(
    ProposalStageOptions options,
    IReadOnlyList<ProposalBranchOptions> branches,
    int size,
    CanvasSampler sampler,
    ProposalTeacher? teacher = null,
    torch.Device? device = null,
    CanvasSampler? validation = null,
    CanvasDetectors? detectors = null)
{
    private readonly torch.Device device = device ?? CPU;
    private readonly AnchorMatcher matcher = new(branches, size, options.Anchors);

    /// <summary>Trains until the steps are done or a stop is wished for; the network is the result.</summary>
    public void Train(ProposalNetwork network, RunDirectory run, CancellationToken cancellation)
    {
        network.to(device);
        network.Trunk.Freeze();
        network.train();
        network.SetPrecision(options.Precision);
        using var optimizer = new AdamOptimizer(network.parameters().Where(p => p.requires_grad));
        using var average = new WeightAverage(network, options.AverageDecay);
        var state = new TrainedState().Add("proposals", network).Add("proposals", optimizer).Add("proposals", average);
        using var session = new StageSession(run, "proposals", options, state, cancellation);
        var validated = validation is null || options.ValidationCanvases == 0
            ? null
            : new ProposalValidation(validation, options.ValidationCanvases);
        using var batches = new Prefetcher<Batch>(MakeBatch, session.Step, options.Workers);

        while (session.Next())
        {
            using var scope = NewDisposeScope();
            using var batch = batches.Next(CancellationToken.None);
            var images = batch.Images.to(device);
            var truth = new AnchorTruth(
                batch.Labels.to(device), batch.Deltas.to(device), batch.Complete.to(device));

            var stages = network.Stages(images);
            var outputs = network.Branch(stages);
            var loss = ProposalLoss.Of(outputs, truth, options.NegativesPerPositive);
            teacher?.AddTo(loss, images, stages, outputs, options.NegativesPerPositive);
            var values = loss.Values();
            optimizer.ZeroGradients();
            loss.Total.backward();
            optimizer.ClipGradients(options.MaxGradientNorm);
            optimizer.LearningRate = session.LearningRate;
            optimizer.Step();
            average.Update(session.Step);
            session.EndStep(values, options.BatchSize);
            if (validated is not null && session.IsDue(options.ValidateEvery))
            {
                average.Swap();
                session.Validate(validated.Measure(network));
                average.Swap();
            }
        }
    }

    private Batch MakeBatch(long step)
    {
        var images = new float[options.BatchSize * 3 * size * size];
        var faces = new float[options.BatchSize * matcher.Count];
        var deltas = new float[options.BatchSize * matcher.Count * 4];
        var complete = new float[options.BatchSize];
        var softLabels = new SoftLabels(matcher.Grid, options.Anchors, options.Detectors?.UnseenFace ?? 1);
        for (var i = 0; i < options.BatchSize; i++)
        {
            var canvas = sampler.Sample((step * options.BatchSize) + i, withHighResolution: false);
            BatchPixels.Write(canvas.Degraded, images, i, options.BatchSize);
            var labels = matcher.Match(canvas.Faces, canvas.Ignored);
            complete[i] = canvas.UnlabelledFacesLikely ? 0 : 1;
            if (detectors is not null)
            {
                // Faces without annotation are no background any more: the detectors see most of them.
                complete[i] = 1;
                softLabels.Apply(labels, canvas.Faces, detectors.Look(canvas.Degraded));
            }

            labels.Labels.CopyTo(faces, i * matcher.Count);
            labels.Deltas.CopyTo(deltas, i * matcher.Count * 4);
        }

        // Tensors already here: a copy of this size on the training's own thread would make a graphics card wait.
        using var scope = NewDisposeScope();
        return new Batch(
            tensor(images, [options.BatchSize, 3, size, size]).DetachFromDisposeScope(),
            tensor(faces, [options.BatchSize, matcher.Count]).DetachFromDisposeScope(),
            tensor(deltas, [options.BatchSize, matcher.Count, 4]).DetachFromDisposeScope(),
            tensor(complete, [options.BatchSize, 1]).DetachFromDisposeScope());
    }

    private sealed record Batch(Tensor Images, Tensor Labels, Tensor Deltas, Tensor Complete) : IDisposable
    {
        public void Dispose()
        {
            Images.Dispose();
            Labels.Dispose();
            Deltas.Dispose();
            Complete.Dispose();
        }
    }
}
