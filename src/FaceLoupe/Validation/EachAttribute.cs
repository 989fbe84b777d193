using System.Collections;
using System.ComponentModel.DataAnnotations;

namespace FaceLoupe.Validation;

/// <summary>Every number of a list lies in a range.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class EachAttribute : RangeAttribute
{
    public EachAttribute(double minimum, double maximum)
        : base(minimum, maximum)
    {
    }

    public EachAttribute(int minimum, int maximum)
        : base(minimum, maximum)
    {
    }

    public override bool IsValid(object? value) =>
        value is not IEnumerable items || items.Cast<object?>().All(base.IsValid);
}
