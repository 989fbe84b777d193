using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace FaceLoupe.Validation;

/// <summary>An option that a rule refuses.</summary>
/// <param name="Name">The property or the path of its key.</param>
/// <param name="Value">Its value, as text; null: <paramref name="Expected"/> is the whole message.</param>
/// <param name="Expected">What is expected: "from 0 to 1".</param>
internal readonly record struct OptionFault(string Name, string? Value, string Expected)
{
    private bool IsSentence => Expected.StartsWith("must", StringComparison.Ordinal);

    /// <summary>"Share is 2, not from 0 to 1".</summary>
    public override string ToString() => this switch
    {
        { Value: null } => Expected,
        { IsSentence: true } => $"{Name} is {Value}",
        _ when Expected.StartsWith("which", StringComparison.Ordinal) => $"{Name} is {Value}, {Expected}",
        _ => $"{Name} is {Value}, not {Expected}",
    };

    /// <summary>"share must be from 0 to 1, was 2".</summary>
    public string AsRequirement() => this switch
    {
        { Value: null } => Name.Length == 0 ? Expected : $"{Name}.{Expected}",
        { IsSentence: true } => $"{Name} {Expected}",
        _ => $"{Name} must be {Expected}, was {Value}",
    };
}

/// <summary>
/// Validates options against the data annotations of their properties, and describes the faults in words.
/// </summary>
internal static class OptionRules
{
    /// <summary>What is wrong with an object's own properties.</summary>
    public static IEnumerable<OptionFault> Of(object options) =>
        options.GetType().GetProperties().Where(property => property.GetIndexParameters().Length == 0)
            .SelectMany(property => Refused(
                property.GetCustomAttribute<DisplayAttribute>()?.Name ?? property.Name,
                property.GetValue(options),
                property.GetCustomAttributes<ValidationAttribute>()))
            .Concat(Together(options, ""));

    /// <summary>What the rules of one property refuse.</summary>
    public static IEnumerable<OptionFault> Refused(string name, object? value, IEnumerable<object> rules) =>
        rules.OfType<ValidationAttribute>().Where(rule => !rule.IsValid(value))
            .Select(rule => new OptionFault(name, Text(value), Expected(rule)));

    /// <summary>The faults of an object's properties in combination.</summary>
    public static IEnumerable<OptionFault> Together(object? options, string name) => options is IValidatableObject rules
        ? rules.Validate(new ValidationContext(options, options.GetType().Name, null, null))
            .Select(fault => new OptionFault(name, null, fault.ErrorMessage ?? ""))
        : [];

    /// <summary>Refuses invalid options, all faults in one line.</summary>
    /// <param name="options">The options.</param>
    /// <param name="what">What they are called: "Mask options".</param>
    /// <param name="others">Faults that no annotation can express.</param>
    /// <exception cref="FaceLoupeException">There are faults.</exception>
    public static void Check(object options, string what, params IEnumerable<string> others)
    {
        var faults = Of(options).Select(fault => fault.ToString()).Concat(others).ToArray();
        if (faults.Length > 0)
        {
            throw new FaceLoupeException($"{what}: {string.Join("; ", faults)}.");
        }
    }

    /// <summary>A value as it stands in messages.</summary>
    public static string Text(object? value) => value switch
    {
        Enum name when !Enum.IsDefined(name.GetType(), name) => Convert.ToInt64(name, CultureInfo.InvariantCulture)
            .ToString(CultureInfo.InvariantCulture),
        null => "null",
        TimeSpan time => FormattableString.Invariant($"{time.TotalSeconds} s"),
        "" or ICollection { Count: 0 } => "empty",
        string text when string.IsNullOrWhiteSpace(text) => "empty",
        IEnumerable items and not string => string.Join(", ", items.Cast<object?>().Select(Text)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static string Expected(ValidationAttribute rule) => rule switch
    {
        { ErrorMessage: { } said } when !said.Contains("{0}", StringComparison.Ordinal) => said,
        EachAttribute each => $"{Range(each)} each",
        RangeAttribute range => Range(range),
        AllowedValuesAttribute allowed => Or(allowed.Values.Select(Text)),
        EnumDataTypeAttribute kinds => $"one of {string.Join(", ", Enum.GetNames(kinds.EnumType))}",
        LengthAttribute length => $"must have {length.MinimumLength} to {length.MaximumLength} entries",
        MinLengthAttribute length => $"must have at least {length.Length} of them",
        NotBlankAttribute => "must not be empty",
        _ => rule.FormatErrorMessage("it"),
    };

    private static string Range(RangeAttribute range)
    {
        var (low, high) = (Number(range.Minimum), Number(range.Maximum));
        var isOpen = range.Maximum is int.MaxValue || high >= long.MaxValue;
        var (least, most) = (Text(range.Minimum), Text(range.Maximum));
        return (isOpen, low <= double.MinValue, range.MinimumIsExclusive, range.MaximumIsExclusive) switch
        {
            (true, true, _, _) => "finite",
            (true, _, true, _) => $"above {least}",
            (true, _, false, _) => $"at least {least}",
            (false, _, true, false) => $"above {least} and up to {most}",
            (false, _, true, true) => $"above {least} and below {most}",
            (false, _, false, true) => $"from {least} to below {most}",
            _ => $"from {least} to {most}",
        };
    }

    private static double Number(object bound) => double.TryParse(
        Convert.ToString(bound, CultureInfo.InvariantCulture),
        CultureInfo.InvariantCulture,
        out var number) ? number : 0;

    private static string Or(IEnumerable<string> values) =>
        values.ToArray() switch
        {
            [var only] => only,
            [.. var others, var last] => $"{string.Join(", ", others)} or {last}",
            _ => "",
        };
}
