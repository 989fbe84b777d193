using FaceLoupe.Validation;

namespace FaceLoupe.Training.Configuration;

/// <summary>Asks a whole tree of options for its faults, so that one run of a command shows all of them.</summary>
internal static class OptionFaults
{
    /// <summary>Every fault of the tree, named by its keys: "proposals.steps must be at least 1, was 0".</summary>
    public static IReadOnlyList<string> Of(object options)
    {
        // The rules take it for granted that lists have no holes and that numbers can be written as JSON.
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
