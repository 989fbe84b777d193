using FaceLoupe.Training.Export;
using FaceLoupe.Training.Regions;
using FaceLoupe.Training.Stages;

namespace FaceLoupe.Training.Ablations;

/// <summary>Exports and evaluates a trained row, and stores the figures.</summary>
internal sealed class RowFinisher(string root, RowEvaluation evaluation)
{
    private readonly ResultStore results = new(root, evaluation.Identity);

    /// <summary>The figures of an earlier call; null: none.</summary>
    public RowFigures? Find(RowPlan plan) => results.Find(plan);

    /// <summary>Exports the row's model and evaluates it.</summary>
    public RowFigures Finish(RowPlan plan, TextWriter log, CancellationToken cancellation)
    {
        // Another row of this call may have had the same key.
        if (results.Find(plan) is { } known)
        {
            return known;
        }

        var model = Path.Combine(root, ResultStore.ModelOf(plan));
        if (plan.Row.Stages == DetectionStages.ProposalsOnly)
        {
            FirstStageBundle.Write(model, plan.Training, plan.Config, DateTimeOffset.UtcNow);
        }
        else
        {
            new BundleExport(plan.Training).Write(model, plan.Config.Export, DateTimeOffset.UtcNow, TextWriter.Null);
        }

        log.WriteLine(FormattableString.Invariant($"{plan.Row.Name}, seed {plan.Seed}: measuring {model}"));
        var figures = evaluation.Measure(model, plan.Row, cancellation) with { Regions = MeasureRegions(plan) };
        results.Keep(plan, figures);
        return figures;
    }

    private static IReadOnlyDictionary<string, double> MeasureRegions(RowPlan plan)
    {
        var training = plan.Training;
        if (plan.Row.Stages == DetectionStages.ProposalsOnly || plan.Row.Recorded
            || !File.Exists(training.ValidationRegions))
        {
            return new Dictionary<string, double>();
        }

        using var regions = new RegionFile(training.ValidationRegions);
        using var generator = training.LoadGenerator("gan");
        using var discriminator = training.LoadDiscriminator();
        return new RegionValidation(regions, plan.Config.Gan.ValidationRegions).Measure(generator, discriminator);
    }
}
