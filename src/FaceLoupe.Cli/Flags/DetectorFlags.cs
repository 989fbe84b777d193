using System.CommandLine;
using System.CommandLine.Parsing;
using FaceLoupe.Programs;
using FaceLoupe.Proposals;

namespace FaceLoupe.Cli.Flags;

/// <summary>
/// The options of verbs that find faces: the model, and how it searches.
/// </summary>
internal sealed class DetectorFlags
{
    private readonly ModelFlags _model = new();

    private readonly Option<float?> _minScore = NewOption.Share(
        "--min-score", "S", "Lowest score of a reported face, from 0 to 1. Default: the model's threshold.");

    private readonly Option<float> _minFace = NewOption.MinFace(
        "Longer side of the smallest face that is reported, in pixels; above 8, images are enlarged less.");

    private readonly Option<bool> _fullSearch = FullSearchFlag();

    private readonly Option<int> _stages = new("--stages")
    {
        Description = "1: proposals only, 2: both stages.",
        HelpName = "1|2", CustomParser = ParseStages, DefaultValueFactory = _ => 2,
    };

    /// <summary>The option for the full search.</summary>
    public static Option<bool> FullSearchFlag() => NewOption.Switch(
        "--full-search", "Search the whole image at every scale instead of coarse to fine. About ten times slower, "
            + "with few additional faces.", "--everywhere");

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_minScore, _minFace, _fullSearch, _stages, .. _model.All])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The model.</summary>
    public ModelChoice Model(ParseResult parsed) => _model.Choice(parsed);

    /// <summary>Longer side of the smallest face that is reported, in pixels; 0: any.</summary>
    public float MinFace(ParseResult parsed) => parsed.GetValue(_minFace);

    /// <summary>The detector's options.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="minScore">The lowest score if none is given; null: the model's threshold.</param>
    public DetectorOptions Options(ParseResult parsed, float? minScore = null) => new()
    {
        MinScore = parsed.GetValue(_minScore) ?? minScore,
        Stages = (DetectionStages)parsed.GetValue(_stages),
        MinFace = Math.Max(parsed.GetValue(_minFace), ScalePlan.SmallestPlannedFace),
        FullSearch = parsed.GetValue(_fullSearch),
    };

    private static int ParseStages(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (text is "1" or "2")
        {
            return text[0] - '0';
        }

        result.AddError($"--stages is '{text}', not 1 or 2.");
        return 0;
    }
}
