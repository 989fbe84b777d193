using System.CommandLine;
using System.CommandLine.Parsing;
using FaceLoupe.Models;
using FaceLoupe.Proposals;

namespace FaceLoupe.Cli.Commands;

/// <summary>
/// The options by which a verb says which model finds faces and how: one place, so that all verbs have the same.
/// </summary>
internal sealed class DetectorFlags
{
    private readonly Option<string?> _model = new("--model")
    {
        Description = $"Folder of the model. Default: {ModelBundle.DefaultName}, which comes with the program.",
        HelpName = "DIR",
    };

    private readonly Option<float?> _minScore = new("--min-score")
    {
        Description = "Lowest score of a reported face, from 0 to 1. Default: the model's threshold.",
        HelpName = "S",
        CustomParser = result => Numbers.ParseShare(result),
    };

    private readonly Option<float> _minFace = new("--min-face")
    {
        Description =
            "Longer side of the smallest face that is reported, in pixels; above 8, pictures are enlarged less. Default: any.",
        HelpName = "N",
        CustomParser = result => Numbers.ParseNumber(result, 0, 100_000),
    };

    private readonly Option<int> _stages = new("--stages")
    {
        Description = "1: proposals only, 2: both stages.",
        HelpName = "1|2",
        CustomParser = ParseStages,
        DefaultValueFactory = _ => 2,
    };

    private readonly Option<int> _threads = new("--threads")
    {
        Description = "Threads for one run of a network. Default: one a core.",
        HelpName = "N",
        CustomParser = result => Numbers.ParseWhole(result, 0, 1024),
    };

    private readonly Option<Device> _device = new("--device")
    {
        Description = "What the networks run on. Where it is not available the processor does, and a line says why. Default: cpu.",
        HelpName = "cpu|cuda|directml|coreml",
        CustomParser = ParseDevice,
    };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_model, _minScore, _minFace, _stages, _threads, _device])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Folder of the model; null: the default.</summary>
    public string? Model(ParseResult parsed) => parsed.GetValue(_model);

    /// <summary>Longer side of the smallest face that is reported, in pixels; 0: any.</summary>
    public float MinFace(ParseResult parsed) => parsed.GetValue(_minFace);

    /// <summary>The detector's options.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="minScore">The least score where none is given; null: the model's threshold.</param>
    public DetectorOptions Options(ParseResult parsed, float? minScore = null) => new()
    {
        MinScore = parsed.GetValue(_minScore) ?? minScore,
        Stages = (DetectionStages)parsed.GetValue(_stages),
        Threads = parsed.GetValue(_threads),
        MinFace = Math.Max(parsed.GetValue(_minFace), ScalePlan.SmallestPlannedFace),
        Device = parsed.GetValue(_device),
    };

    private static Device ParseDevice(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        foreach (var device in Enum.GetValues<Device>())
        {
            if (text.Equals(device.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                return device;
            }
        }

        result.AddError($"--device is '{text}', not cpu, cuda, directml or coreml.");
        return Device.Cpu;
    }

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
