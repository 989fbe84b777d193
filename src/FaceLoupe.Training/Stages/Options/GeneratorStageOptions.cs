using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using FaceLoupe.Training.Losses;
using FaceLoupe.Training.Optimisation;
using FaceLoupe.Training.Regions;
using FaceLoupe.Training.Runs;
using TorchSharp;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Stages.Options;

/// <summary>Options of the stage that starts the generator on the pixel-wise loss alone.</summary>
internal record GeneratorStageOptions : LoopOptions
{
    /// <summary>Validation regions that are measured with every contact sheet. Default 512.</summary>
    [Range(1, int.MaxValue)]
    public int ValidationRegions { get; init; } = 512;

    /// <summary>
    /// Form of Eq. (4). A logarithm weighs more than a mean square, by one over the error: in adversarial training,
    /// lower losses.pixel with it. Default meanSquare, the paper's.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public PixelForm PixelForm { get; init; }
}
