using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace FaceLoupe.Validation;

/// <summary>An option whose value its data annotation refuses.</summary>
/// <param name="Name">The property.</param>
/// <param name="Value">Its value, as text.</param>
/// <param name="Wanted">What was wanted: "from 0 to 1".</param>
internal readonly record struct OptionFault(string Name, string Value, string Wanted);

/// <summary>Holds options against the data annotations of their properties, and says what is wrong in words.</summary>
internal static class OptionRules
{
    /// <summary>What is wrong with an object's own properties.</summary>
    public static IEnumerable<OptionFault> Of(object options) =>
        from property in options.GetType().GetProperties()
        where property.GetIndexParameters().Length == 0
        from rule in property.GetCustomAttributes<ValidationAttribute>()
        let value = property.GetValue(options)
        where !rule.IsValid(value)
        select new OptionFault(property.Name, Text(value), Wanted(rule));

    /// <summary>Refuses impossible options, all faults in one line.</summary>
    /// <param name="options">The options.</param>
    /// <param name="what">What they are called: "Mask options".</param>
    /// <param name="others">Faults that no annotation can say.</param>
    /// <exception cref="FaceLoupeException">There are faults.</exception>
    public static void Check(object options, string what, params IEnumerable<string> others)
    {
        var faults =
            Of(options).Select(fault => $"{fault.Name} is {fault.Value}, {Not(fault.Wanted)}").Concat(others).ToArray();
        if (faults.Length > 0)
        {
            throw new FaceLoupeException($"{what}: {string.Join("; ", faults)}.");
        }
    }

    private static string Not(string wanted) =>
        wanted.StartsWith("which", StringComparison.Ordinal) ? wanted : $"not {wanted}";

    private static string Wanted(ValidationAttribute rule) => rule switch
    {
        RangeAttribute range => Range(range),
        AllowedValuesAttribute allowed => Or(allowed.Values.Select(Text)),
        EnumDataTypeAttribute { ErrorMessage: { } said } => said,
        EnumDataTypeAttribute kinds => $"one of {string.Join(", ", Enum.GetNames(kinds.EnumType))}",
        _ => rule.FormatErrorMessage("it"),
    };

    private static string Range(RangeAttribute range)
    {
        var (low, high) = (Convert.ToDouble(range.Minimum, CultureInfo.InvariantCulture),
            Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture));
        var isOpen = high is >= double.MaxValue or int.MaxValue;
        return (isOpen, low <= double.MinValue, range.MinimumIsExclusive, range.MaximumIsExclusive) switch
        {
            (true, true, _, _) => "finite",
            (true, _, true, _) => $"above {Text(low)}",
            (true, _, false, _) => $"at least {Text(low)}",
            (false, _, true, false) => $"above {Text(low)} and up to {Text(high)}",
            (false, _, true, true) => $"above {Text(low)} and below {Text(high)}",
            (false, _, false, true) => $"from {Text(low)} to below {Text(high)}",
            _ => $"from {Text(low)} to {Text(high)}",
        };
    }

    private static string Or(IEnumerable<string> values) =>
        values.ToArray() is [.. var others, var last]
            && others.Length > 0 ? $"{string.Join(", ", others)} or {last}" : "";

    private static string Text(object? value) => value switch
    {
        Enum name when !Enum.IsDefined(name.GetType(), name) => Convert.ToInt64(name, CultureInfo.InvariantCulture)
            .ToString(CultureInfo.InvariantCulture),
        null => "null",
        System.Collections.ICollection { Count: 0 } => "empty",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
