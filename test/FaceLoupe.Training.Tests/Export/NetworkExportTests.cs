using FaceLoupe.Training.Export;
using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Onnx;
using TorchSharp;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Tests.Export;

/// <summary>Every network's ONNX file gives what torch gives, at any batch and, for the proposals, any size.</summary>
public sealed class NetworkExportTests
{
    [Theory]
    [InlineData(nameof(BlockKind.Bottleneck), nameof(NormMode.Frozen), 3, 3)]
    [InlineData(nameof(BlockKind.Bottleneck), nameof(NormMode.Batch), 4, 1)]
    [InlineData(nameof(BlockKind.Basic), nameof(NormMode.Batch), 3, 3)]
    public void the_proposal_network_agrees(string block, string norm, int stages, int contextKernel)
    {
        using var scope = NewDisposeScope();
        using var network = new ProposalNetwork(TinyConfig.Proposals with
        {
            Trunk = TinyConfig.Trunk with
            {
                Block = Enum.Parse<BlockKind>(block),
                Blocks = [.. Enumerable.Repeat(1, stages)],
                Norm = Enum.Parse<NormMode>(norm),
            },
            ContextKernel = contextKernel,
        });
        Season(network);

        Check(ProposalExport.Graph(network), "image", [[1, 3, 32, 64], [2, 3, 64, 32]], x => network.Options.Branches
            .Zip(network.forward(x))
            .SelectMany(branch => new[]
            {
                ($"scores_s{branch.First.Stride}", branch.Second.Scores),
                ($"deltas_s{branch.First.Stride}", branch.Second.Deltas),
            }));
    }

    [Fact]
    public void a_shrinking_proposal_network_is_exported_for_shrunken_pictures()
    {
        using var scope = NewDisposeScope();
        using var network = new ProposalNetwork(TinyConfig.ShrinkingProposals);
        Season(network);
        var section = network.Options.ToSection("hash");

        section.SizeMultiple.ShouldBe(network.Options.SizeMultiple / 2);
        section.Branches.Zip(network.Options.Branches).ShouldAllBe(pair =>
            2 * pair.First.Stride == pair.Second.Stride && 2 * pair.First.AnchorSizes[0] == pair.Second.AnchorSizes[0]);
        Check(ProposalExport.Graph(network), "image", [[1, 3, 32, 64], [2, 3, 64, 32]], x => section.Branches
            .Zip(network.ForwardShrunk(x))
            .SelectMany(branch => new[] { (branch.First.Scores, branch.Second.Scores),
                (branch.First.Deltas, branch.Second.Deltas) }));
    }

    [Theory]
    [InlineData(true, true, nameof(NormMode.Batch))]
    [InlineData(false, true, nameof(NormMode.None))]
    [InlineData(true, false, nameof(NormMode.Batch))]
    public void the_generator_agrees(bool skip, bool refinement, string norm)
    {
        using var scope = NewDisposeScope();
        using var network = new GeneratorNetwork(
            TinyConfig.Generator with { InputSkip = skip, Refinement = refinement, Norm = Enum.Parse<NormMode>(norm) });
        Season(network);

        Check(GeneratorExport.Graph(network, 6), "low", [[1, 3, 6, 6], [3, 3, 6, 6]], x =>
        {
            var generated = network.forward(x);
            return [("upsampled", generated.Upsampled), ("refined", generated.Refined)];
        });
    }

    [Theory]
    [InlineData(nameof(BlockKind.Bottleneck), nameof(NormMode.Batch), false)]
    [InlineData(nameof(BlockKind.Bottleneck), nameof(NormMode.Frozen), true)]
    [InlineData(nameof(BlockKind.Basic), nameof(NormMode.Batch), false)]
    public void the_discriminator_agrees(string block, string norm, bool maxPool)
    {
        using var scope = NewDisposeScope();
        using var network = new DiscriminatorNetwork(new()
        {
            Trunk = TinyConfig.Trunk with
            {
                Block = Enum.Parse<BlockKind>(block),
                Norm = Enum.Parse<NormMode>(norm),
                StemMaxPool = maxPool,
                Blocks = [2, 1],
            },
        });
        Season(network);

        Check(DiscriminatorExport.Graph(network, 24), "high", [[1, 3, 24, 24], [3, 3, 24, 24]], x =>
        {
            var output = network.forward(x);
            return [("real", output.Real), ("face", output.Face), ("delta", output.Delta)];
        });
    }

    [Theory]
    [InlineData(3)]
    [InlineData(1)]
    public void the_head_of_landmarks_looks_at_the_cells_of_the_last_map(int cells)
    {
        using var scope = NewDisposeScope();
        using var network = new DiscriminatorNetwork(new()
        {
            Trunk = TinyConfig.Trunk with { Norm = NormMode.Batch, StemMaxPool = false, Blocks = [1, 1, 1] },
            LandmarkCells = cells,
        });
        Season(network);
        using (no_grad())
        {
            network.LandmarkHead!.weight!.normal_(); // it begins with zeros
        }

        network.Options.MapSide(24).ShouldBe(3);
        Check(DiscriminatorExport.Graph(network, 24), "high", [[1, 3, 24, 24], [3, 3, 24, 24]], x =>
        {
            var output = network.forward(x);
            return
            [
                ("real", output.Real), ("face", output.Face), ("delta", output.Delta),
                ("landmarks", output.Landmarks!),
            ];
        });
    }

    [Theory]
    [InlineData(nameof(NormMode.Batch))]
    [InlineData(nameof(NormMode.None))]
    public void a_discriminator_on_vgg_agrees(string norm)
    {
        using var scope = NewDisposeScope();
        using var network = new DiscriminatorNetwork(new()
        {
            Vgg = new() { Width = 4, Blocks = [1, 2, 1], Norm = Enum.Parse<NormMode>(norm) },
        });
        Season(network);

        Check(DiscriminatorExport.Graph(network, 24), "high", [[1, 3, 24, 24], [3, 3, 24, 24]], x =>
        {
            var output = network.forward(x);
            return [("real", output.Real), ("face", output.Face), ("delta", output.Delta)];
        });
    }

    /// <summary>Norms that do something, in evaluation mode.</summary>
    private static void Season(nn.Module network)
    {
        using var noGrad = no_grad();
        foreach (var (name, values) in network.state_dict())
        {
            if (name.Contains("norm.", StringComparison.Ordinal) && values.is_floating_point())
            {
                values.uniform_(0.5, 1.5);
            }
        }

        network.eval();
    }

    private static void Check(
        OnnxGraph graph, string input, long[][] shapes, Func<Tensor, IEnumerable<(string Name, Tensor Output)>> network)
    {
        var results = ExportParity.Check(
            graph, WeightPrecision.Single, input, shapes,
            x => network(x).ToDictionary(output => output.Name, output => output.Output));

        results.Count.ShouldBe(shapes.Length * graph.OutputNames.Count());
        results.ShouldAllBe(result => result.MaxRelative < 1e-4);
    }
}
