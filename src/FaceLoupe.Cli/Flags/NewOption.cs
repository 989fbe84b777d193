using System.CommandLine;
using FaceLoupe.Programs;

namespace FaceLoupe.Cli.Flags;

/// <summary>Makes the options of verbs. Those that several verbs have are made here only.</summary>
internal static class NewOption
{
    /// <summary>An option without a value.</summary>
    public static Option<bool> Switch(string name, string description, params string[] aliases) =>
        new(name, aliases) { Description = description };

    /// <summary>An option that may be repeated; parameters as for <see cref="TextOption.Optional"/>.</summary>
    public static Option<string[]> Texts(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value };

    /// <summary>An option that takes one of a few words, the first by default.</summary>
    public static Option<string> Choice(string name, string description, params string[] choices)
    {
        var option = new Option<string>(name)
        {
            Description = description,
            HelpName = string.Join('|', choices), DefaultValueFactory = _ => choices[0],
        };
        option.AcceptOnly(choices);
        return option;
    }

    /// <summary>An option that takes a number from 0 to 1 and has no default.</summary>
    public static Option<float?> Share(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value, CustomParser = Numbers.ParseShare };

    /// <summary>An option that takes a number.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Placeholder for the value in the help.</param>
    /// <param name="description">What it does.</param>
    /// <param name="least">Smallest number.</param>
    /// <param name="most">Largest number.</param>
    /// <param name="otherwise">The default that the help shows; null: it shows none, and the number is 0.</param>
    public static Option<float> Number(
        string name, string value, string description, double least, double most, float? otherwise = null) => new(name)
    {
        Description = description,
        HelpName = value, CustomParser = result => Numbers.ParseNumber(result, least, most),
        DefaultValueFactory = otherwise is { } number ? _ => number : null,
    };

    /// <summary><c>--min-face</c>.</summary>
    /// <param name="description">What it does; the default is added.</param>
    public static Option<float> MinFace(string description) =>
        Number("--min-face", "N", description + " Default: any.", 0, 100_000);

    /// <summary><c>--mask-scale</c>.</summary>
    /// <param name="description">What it does; the range is added.</param>
    public static Option<float> MaskScale(string description) =>
        Number("--mask-scale", "X", description + ", from 1 to 5.", 1, 5, new Anonymising.MaskOptions().Scale);

    /// <summary><c>--categories</c>.</summary>
    public static Option<string[]> Categories(string description) => new("--categories")
    {
        Description = description + " Default: face if the file has it, otherwise all.",
        HelpName = "NAME", DefaultValueFactory = _ => [], AllowMultipleArgumentsPerToken = true,
    };

    /// <summary><c>--ffmpeg</c>, of verbs that take videos.</summary>
    public static Option<string?> Ffmpeg() => TextOption.Optional(
        "--ffmpeg", "PATH", "ffmpeg, or the folder of ffmpeg and ffprobe. Default: searched for on PATH.");

    /// <summary><c>--jobs</c>.</summary>
    public static Option<int> Jobs()
    {
        var jobs = Numbers.Whole(
            "--jobs", "How many images or frames to decode ahead; each is held in memory.", "N", 0, 64, 1);
        jobs.Aliases.Add("-j");
        return jobs;
    }

    /// <summary><c>--recursive</c>.</summary>
    public static Option<bool> Recursive() => Switch("--recursive", "Also search subfolders.", "-r");

    /// <summary><c>--timeout</c>.</summary>
    public static Option<float> Timeout() => Number(
        "--timeout", "S", "Time limit for each image, in seconds; an image that takes longer fails, and the run "
            + "continues with the next. 0: no limit. Does not apply to videos.", 0, 86_400, 0);

    /// <summary><c>--model</c>.</summary>
    public static Option<string?> Model() => TextOption.Optional(
        "--model", "DIR|NAME",
        $"Folder of the model, or the name of a bundled one. Default: {Models.ModelBundle.DefaultName}.");

    /// <summary><c>--json</c>, of measurements.</summary>
    public static Option<string?> Json() => TextOption.Optional("--json", "FILE", "Also write the result as JSON.");

    /// <summary><c>--plot</c>.</summary>
    public static Option<string?> Plot(string description) => TextOption.Optional("--plot", "FILE", description);

    /// <summary><c>--report</c>.</summary>
    public static Option<string?> Report() => TextOption.Optional(
        "--report", "DIR",
        "Also write an HTML page with the evaluation settings, the figures, the curves and the worst mistakes.");
}
