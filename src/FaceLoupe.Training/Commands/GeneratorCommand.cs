using System.CommandLine;
using FaceLoupe.Training.Mining;
using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Stages;

namespace FaceLoupe.Training.Commands;

/// <summary><c>faceloupe-train generator</c>: trains G on the pixel-wise loss.</summary>
internal static class GeneratorCommand
{
    public static Command Create() =>
        new StageCommand("generator", "Train the generator alone on the pixel-wise loss, Eq. (4).").Handle((context, cancellation) =>
        {
            using var regions = new RegionFile(context.Training.TrainingRegions);
            using var validation = context.OpenValidation();
            using var network = new GeneratorNetwork(context.Config.GeneratorNetwork);
            new GeneratorStage(context.Config, regions, validation).Train(network, context.Run, cancellation);
        });

    /// <summary>The mined validation regions, or null where none were mined.</summary>
    public static RegionFile? OpenValidation(this StageContext context) =>
        File.Exists(context.Training.ValidationRegions) ? new RegionFile(context.Training.ValidationRegions) : null;
}
