using System.ComponentModel.DataAnnotations;

namespace FaceLoupe.Validation;

/// <summary>A text, or every one of a list, holds more than spaces; null is a matter of the type.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NotBlankAttribute : ValidationAttribute
{
    public override bool IsValid(object? value) => value switch
    {
        IEnumerable<string> texts => texts.All(text => !string.IsNullOrWhiteSpace(text)),
        _ => value is not string text || !string.IsNullOrWhiteSpace(text),
    };
}
