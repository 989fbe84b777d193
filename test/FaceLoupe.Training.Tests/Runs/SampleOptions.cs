using System.ComponentModel.DataAnnotations;
using FaceLoupe.Training.Configuration;

namespace FaceLoupe.Training.Tests.Runs;

internal enum SampleOrder
{
    InTurn,
    Shuffled,
}

internal sealed record SampleOptions : IValidatableObject
{
    public int Seed { get; init; } = 7;

    public SampleProposals Proposals { get; init; } = new();

    public IReadOnlyList<SampleSource> Sources { get; init; } = [];

    public IReadOnlyDictionary<string, SampleSource> Named { get; init; } = new Dictionary<string, SampleSource>();

    public int Computed => Seed * 2;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Seed < 0)
        {
            yield return new($"seed must be 0 or more, was {Seed}");
        }
    }
}

internal sealed record SampleProposals : IValidatableObject
{
    public double LearningRate { get; init; } = 1e-4;

    public SampleOrder Order { get; init; }

    public string? Folder { get; init; }

    public IReadOnlyList<double> AnchorSizes { get; init; } = [8, 11.3, 16];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (LearningRate <= 0)
        {
            yield return new(FormattableString.Invariant($"learningRate must be above 0, was {LearningRate}"));
        }
    }
}

internal sealed record SampleSource(string Path, double Weight = 1) : IValidatableObject
{
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Weight < 0)
        {
            yield return new(FormattableString.Invariant($"weight must be 0 or more, was {Weight}"));
        }
    }
}
