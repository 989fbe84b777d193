using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Optimisation;
using FaceLoupe.Training.Tests.Runs;
using TorchSharp;

namespace FaceLoupe.Training.Tests.Optimisation;

[Collection(TorchAlone.Name)]
public sealed class StoredTensorsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void a_network_reads_files_of_torchsharp_into_its_own_tensors()
    {
        using var written = new ProposalNetwork(TinyConfig.Proposals);
        using var read = new ProposalNetwork(TinyConfig.Proposals);
        written.save(folder.Of("a.weights"));
        var stem = read.Trunk.Stem.Weight;

        read.LoadInPlace(folder.Of("a.weights"));

        read.Trunk.Stem.Weight.ShouldBeSameAs(stem);
        foreach (var (mine, theirs) in read.state_dict().Zip(written.state_dict()))
        {
            mine.Key.ShouldBe(theirs.Key);
            mine.Value.bytes.ToArray().ShouldBe(theirs.Value.bytes.ToArray());
        }
    }

    [Fact]
    public void another_network_does_not_fit()
    {
        using var generator = new GeneratorNetwork(TinyConfig.Generator);
        using var proposals = new ProposalNetwork(TinyConfig.Proposals);
        using var wider = new ProposalNetwork(TinyConfig.Proposals with { HeadWidth = 5 });
        proposals.save(folder.Of("a.weights"));

        Should.Throw<ArgumentException>(() => generator.LoadInPlace(folder.Of("a.weights"))).Message.ShouldContain(
            "tensors instead of");
        Should.Throw<ArgumentException>(() => wider.LoadInPlace(folder.Of("a.weights"))).Message.ShouldContain("shape");
    }
}
