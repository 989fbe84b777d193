using System.ComponentModel.DataAnnotations;
using FaceLoupe.Validation;

namespace FaceLoupe.Tests.Validation;

public class OptionRulesTests
{
    [Fact]
    public void every_kind_of_range_is_reported_in_words()
    {
        var options = new Options
        {
            Share = float.NaN, Positive = 0, Finite = double.PositiveInfinity, AtLeast = -1, Part = 1, Side = 4,
            Day = (DayOfWeek)9,
        };

        Should.Throw<FaceLoupeException>(() => OptionRules.Check(options, "Options", "and more")).Message.ShouldBe(
            "Options: Share is NaN, not from 0 to 1; Positive is 0, not above 0; Finite is Infinity, not finite; "
            + "AtLeast is -1, not at least 0; Part is 1, not from 0 to below 1; Side is 4, not 3, 5 or 7; "
            + $"Day is 9, not one of {string.Join(", ", Enum.GetNames<DayOfWeek>())}; and more.");
    }

    [Fact]
    public void fine_options_and_options_left_out_pass() =>
        Should.NotThrow(() => OptionRules.Check(new Options(), "Options"));

    [Fact]
    public void lists_texts_times_and_rules_about_several_options_are_reported_too()
    {
        var options = new Lists { Widths = [], Sizes = [1, 0], Name = " ", Wait = TimeSpan.Zero, Low = 2, High = 1 };

        OptionRules.Of(options).Select(fault => fault.ToString()).ShouldBe(
        [
            "Widths is empty", "Sizes is 1, 0, not above 0 each", "Name is empty",
            "the wait is 0 s, not from 0.001 s to 60 s", "low is above high",
        ]);
        OptionRules.Of(options).Select(fault => fault.AsRequirement()).ShouldBe(
        [
            "Widths must name a width", "Sizes must be above 0 each, was 1, 0", "Name must not be empty",
            "the wait must be from 0.001 s to 60 s, was 0 s", "low is above high",
        ]);
    }

    private sealed record Lists : IValidatableObject
    {
        [MinLength(1, ErrorMessage = "must name a width")]
        public IReadOnlyList<int> Widths { get; init; } = [1];

        [Each(0.0, double.MaxValue, MinimumIsExclusive = true)]
        public IReadOnlyList<double> Sizes { get; init; } = [];

        [NotBlank]
        public string Name { get; init; } = "a";

        [Display(Name = "the wait"), Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
        public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(1);

        public int Low { get; init; }

        public int High { get; init; }

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            if (Low > High)
            {
                yield return new ValidationResult("low is above high");
            }
        }
    }

    private sealed record Options
    {
        [Range(0.0, 1.0)]
        public float? Share { get; init; }

        [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
        public double Positive { get; init; } = 1;

        [Range(double.MinValue, double.MaxValue)]
        public double Finite { get; init; }

        [Range(0, int.MaxValue)]
        public int AtLeast { get; init; }

        [Range(0.0, 1.0, MaximumIsExclusive = true)]
        public double Part { get; init; }

        [AllowedValues(3, 5, 7)]
        public int Side { get; init; } = 3;

        [EnumDataType(typeof(DayOfWeek))]
        public DayOfWeek Day { get; init; }
    }
}
