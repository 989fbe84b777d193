using System.CommandLine;
using System.Text.Json.Serialization;
using FaceLoupe.Training.Compression.Pruning;
using FaceLoupe.Training.Detectors;
using FaceLoupe.Training.Losses;
using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Optimisation;
using FaceLoupe.Training.Runs;
using FaceLoupe.Training.Samples;
using FaceLoupe.Training.Stages.Options;
using FaceLoupe.Training.Workspace;
using TorchSharp;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Stages;

/// <summary>Trains MB-FCN on canvases (the paper's section 3.1).</summary>
/// <param name="options">Options of the stage.</param>
/// <param name="branches">The network's branches with their anchors.</param>
/// <param name="size">Side of a canvas, px.</param>
/// <param name="sampler">Makes the canvases.</param>
/// <param name="teacher">A network to distil from; null: none.</param>
/// <param name="device">Device to calculate on; null: the CPU.</param>
/// <param name="validation">Makes the validation canvases; null: none.</param>
/// <param name="detectors">Pseudo-labellers of canvases; null: none.</param>
internal sealed class ProposalStage(
    ProposalStageOptions options, IReadOnlyList<ProposalBranchOptions> branches, int size, CanvasSampler sampler,
    ProposalTeacher? teacher = null, torch.Device? device = null, CanvasSampler? validation = null,
    CanvasDetectors? detectors = null)
{
    private readonly torch.Device device = device ?? CPU;
    private readonly AnchorMatcher matcher = new(branches, size, options.Anchors);

    public static Command Create() =>
        new StageCommand("proposals", "Train the proposal network (MB-FCN) on annotated images.", hasTrunk: true)
            .Handle(Run);

    /// <summary>Trains the stage, or resumes it.</summary>
    public static void Run(StageContext context, CancellationToken cancellation)
    {
        var config = context.Config;
        var options = config.Proposals with { Precision = ChosenPrecision.OfProposals(context) };
        var sampler = new CanvasSampler(Sources.Open(config.Data, "data"), config.Canvas, config.Seed);
        using var network = new ProposalNetwork(config.ProposalNetwork);
        using var teacher = ProposalTeacher.Open(config, sampler);
        if (context.Run.LatestCheckpoint() is null)
        {
            Initialise(network, teacher?.Pruning, context, cancellation);
        }

        teacher?.Join(options.Precision, context.Device);

        var validation = config.ValidationData.Count > 0 && options.ValidationCanvases > 0
            ? new CanvasSampler(Sources.Open(config.ValidationData, "validationData"), config.Canvas, config.Seed)
            : null;
        using var detectors = options.Detectors is { } named ? new CanvasDetectors(named.Looks) : null;
        new ProposalStage(
            options, config.ProposalNetwork.Branches, config.Canvas.Size, sampler, teacher, context.Device, validation,
            detectors).Train(network, context.Run, cancellation);
    }

    /// <summary>Trains the network until the steps are done or a stop is requested.</summary>
    public void Train(ProposalNetwork network, RunDirectory run, CancellationToken cancellation)
    {
        network.to(device);
        network.train();
        network.Freeze(options.BranchesOnly);
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
            using var batch = session.Take(batches);
            var images = batch.Images.to(device);
            var truth = new AnchorTruth(batch.Labels.to(device), batch.Deltas.to(device), batch.Complete.to(device));

            var stages = network.Stages(images);
            var outputs = network.Branch(stages);
            var loss = ProposalLoss.Of(
                outputs, truth, options.NegativesPerPositive, options.RegressionWeight);
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
        var softLabels = new SoftLabels(matcher.Grid, options.Anchors);
        for (var i = 0; i < options.BatchSize; i++)
        {
            var canvas = sampler.Sample((step * options.BatchSize) + i, withHighResolution: false);
            BatchPixels.Write(canvas.Degraded, images, i, options.BatchSize);
            var labels = matcher.Match(canvas.Faces, canvas.Ignored);
            complete[i] = canvas.UnlabelledFacesLikely ? 0 : 1;
            if (detectors is not null)
            {
                // The detectors find most unannotated faces, which are then not background.
                complete[i] = 1;
                softLabels.Apply(labels, new SeenFaces(
                    canvas.Faces, canvas.SeenBy(detectors.Detect), options.Detectors!.UnseenFace));
            }

            labels.Labels.CopyTo(faces, i * matcher.Count);
            labels.Deltas.CopyTo(deltas, i * matcher.Count * 4);
        }

        // Tensors are made here, so that the training thread does not delay a GPU.
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

    // Initialised by pruning its teacher, from another run, or with ImageNet weights.
    private static void Initialise(
        ProposalNetwork network, ProposalPruning? pruning, StageContext context, CancellationToken cancellation)
    {
        if (pruning is not null)
        {
            pruning.Fill(network);
        }
        else if (context.Config.Proposals.StartFrom is { } other)
        {
            new TrainedRun(other).LoadProposals(network);
        }
        else
        {
            PretrainedOption.Load(network.Trunk, context.Pretrained, cancellation);
        }
    }
}
