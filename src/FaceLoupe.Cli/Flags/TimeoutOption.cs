using System.CommandLine;
using FaceLoupe.Programs;

namespace FaceLoupe.Cli.Flags;

/// <summary>The option <c>--timeout</c> of verbs that work through images.</summary>
internal static class TimeoutOption
{
    /// <summary>Makes the option.</summary>
    public static Option<float> Create() => new("--timeout")
    {
        Description = "Time limit for each image, in seconds; an image that takes longer fails, and the run continues "
            + "with the next. 0: no limit. Does not apply to videos.",
        HelpName = "S", CustomParser = result => Numbers.ParseNumber(result, 0, 86_400), DefaultValueFactory = _ => 0,
    };
}
