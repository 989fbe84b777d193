using FaceLoupe.Validation;

namespace FaceLoupe.Training.Configuration;

/// <summary>Collects all faults of a tree of options, to report them at once.</summary>
internal static class OptionFaults
{
    /// <summary>Every fault of the tree with its key: "proposals.steps must be at least 1, was 0".</summary>
    public static IReadOnlyList<string> Of(object options)
    {
        // The rules assume lists without null and finite numbers.
        OptionFault[] unusable =
        [
            .. OptionTree.Missing(options, OptionsJson.Format), .. OptionTree.NotFinite(options, OptionsJson.Format),
        ];
        return
        [
            .. (unusable.Length > 0 ? unusable : OptionTree.Refused(options, OptionsJson.Format))
                .Select(fault => fault.AsRequirement()),
        ];
    }
}
