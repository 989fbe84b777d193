using System.ComponentModel.DataAnnotations;

namespace FaceLoupe.Training.Optimisation;

/// <summary>Shape of the learning rate after the warm-up.</summary>
internal enum LearningRateShape
{
    /// <summary>It is constant.</summary>
    Constant,

    /// <summary>Half a cosine, down to rate x finalFactor at the last step.</summary>
    Cosine,

    /// <summary>It is multiplied by dropFactor at each step of dropAt.</summary>
    Steps,
}

/// <summary>The learning rate as a pure function of the step.</summary>
internal sealed record LearningRateSchedule : IValidatableObject
{
    /// <summary>The rate after the warm-up. Default 1e-4.</summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public double Rate { get; init; } = 1e-4;

    /// <summary>Default constant.</summary>
    public LearningRateShape Shape { get; init; } = LearningRateShape.Constant;

    /// <summary>Steps of the linear warm-up. Default 0.</summary>
    [Range(0.0, double.MaxValue)]
    public long WarmUpSteps { get; init; }

    /// <summary>For cosine: the last rate over the first, 0 to 1. Default 0.01.</summary>
    [Range(0.0, 1.0)]
    public double FinalFactor { get; init; } = 0.01;

    /// <summary>For steps: where the rate drops, ascending. Default none.</summary>
    public IReadOnlyList<long> DropAt { get; init; } = [];

    /// <summary>For steps: what the rate is multiplied by at each drop, above 0 to 1. Default 0.1.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double DropFactor { get; init; } = 0.1;

    /// <summary>The rate for the step with this number.</summary>
    /// <param name="step">Steps done before this one: 0 is the first.</param>
    /// <param name="totalSteps">Steps of the whole run.</param>
    public double At(long step, long totalSteps)
    {
        if (step < WarmUpSteps)
        {
            return Rate * (step + 1) / WarmUpSteps;
        }

        return Shape switch
        {
            LearningRateShape.Cosine => Rate * (FinalFactor + ((1 - FinalFactor) * HalfCosine(Done(step, totalSteps)))),
            LearningRateShape.Steps => Rate * Math.Pow(DropFactor, DropAt.Count(drop => step >= drop)),
            _ => Rate,
        };
    }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (DropAt.Zip(DropAt.Skip(1)).Any(pair => pair.First >= pair.Second))
        {
            yield return new("dropAt must rise from entry to entry");
        }

        if (Shape == LearningRateShape.Steps && DropAt.Count == 0)
        {
            yield return new("dropAt must name at least one step when shape is steps");
        }
    }

    private static double HalfCosine(double done) => (1 + Math.Cos(Math.PI * done)) / 2;

    private double Done(long step, long totalSteps) =>
        Math.Clamp((double)(step - WarmUpSteps) / Math.Max(1, totalSteps - 1 - WarmUpSteps), 0, 1);
}
