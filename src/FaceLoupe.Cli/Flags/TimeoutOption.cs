using System.CommandLine;
using FaceLoupe.Programs;

namespace FaceLoupe.Cli.Flags;

/// <summary>The option <c>--timeout</c> of verbs that work through images.</summary>
internal static class TimeoutOption
{
    /// <summary>Makes the option.</summary>
    public static Option<float> Create() => new("--timeout")
    {
        Description = "Longest time for one image, from its turn on, in seconds; one that takes longer fails, and "
            + "the next one is begun. 0: no limit. Videos have none.",
        HelpName = "S", CustomParser = result => Numbers.ParseNumber(result, 0, 86_400), DefaultValueFactory = _ => 0,
    };
}
