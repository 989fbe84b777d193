using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Workspace;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Commands;

/// <summary>Parameters and multiply-accumulates of a configuration's networks.</summary>
internal static class NetworkTable
{
    /// <summary>Size of the image for the cost of the proposal network.</summary>
    public const int PictureWidth = 1024;

    /// <inheritdoc cref="PictureWidth"/>
    public const int PictureHeight = 768;

    /// <summary>One row per network: name, input, parameters, multiply-accumulates of one input.</summary>
    public static IReadOnlyList<(string Name, string Input, long Parameters, long Macs)> Rows(TrainingConfig config)
    {
        var (low, high) = (config.Regions.LowResolution, config.Regions.HighResolution);
        using var proposals = new ProposalNetwork(config.ProposalNetwork);
        using var generator = new GeneratorNetwork(config.GeneratorNetwork);
        using var discriminator = new DiscriminatorNetwork(config.DiscriminatorNetwork);
        var rows = new List<(string, string, long, long)>
        {
            Row("MB-FCN", proposals, [1, 3, PictureHeight, PictureWidth], x => proposals.forward(x)),
            Row("G1 (upsample)", generator.Upsample, [1, 3, low, low], x => generator.Upsample.forward(x)),
        };
        if (generator.Refine is { } refine)
        {
            rows.Add(Row("G2 (refine)", refine, [1, 3, high, high], x => refine.forward(x)));
        }

        rows.Add(Row("D", discriminator, [1, 3, high, high], x => discriminator.forward(x)));
        return rows;
    }

    /// <summary>The rows as a Markdown table.</summary>
    public static string Markdown(TrainingConfig config)
    {
        var lines = new List<string> { "| network | input | parameters | MMAC |", "|---|---|---:|---:|" };
        lines.AddRange(Rows(config).Select(row => FormattableString.Invariant(
            $"| {row.Name} | {row.Input} | {row.Parameters:N0} | {row.Macs / 1e6:N0} |")));
        return string.Join('\n', lines);
    }

    private static (string Name, string Input, long Parameters, long Macs) Row(
        string name, nn.Module network, long[] shape, Action<Tensor> forward)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var counter = new MacCounter();
        network.eval();
        forward(zeros(shape));
        return (name, $"{shape[3]}x{shape[2]}", network.parameters().Sum(p => p.numel()), counter.Macs);
    }
}
