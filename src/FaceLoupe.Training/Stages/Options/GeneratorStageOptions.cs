using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using FaceLoupe.Training.Losses;
using FaceLoupe.Training.Optimisation;
using FaceLoupe.Training.Regions;
using FaceLoupe.Training.Runs;
using TorchSharp;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Stages.Options;

/// <summary>Options of the stage that trains the generator on the pixel-wise loss alone.</summary>
internal record GeneratorStageOptions : LoopOptions
{
    /// <summary>Number of validation RoIs, evaluated with every contact sheet. Default 512.</summary>
    [Range(1, int.MaxValue)]
    public int ValidationRegions { get; init; } = 512;

    /// <summary>
    /// Form of Eq. (4). The gradient of the logarithm is larger, by one over the error: lower losses.pixel with it in
    /// adversarial training. Default meanSquare, the paper's.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public PixelForm PixelForm { get; init; }
}
