using System.Runtime.CompilerServices;
using FaceLoupe.Training.Native;
using TorchSharp;

namespace FaceLoupe.Training.Tests.Native;

[Collection(TorchAlone.Name)]
public class OneDnnKernelsTests
{
    // A test may use libtorch before it touches anything of the program.
    [ModuleInitializer]
    internal static void BeforeAnyTest() => OneDnnKernels.KeepSound();

    private static readonly (int, int, int, int) Amd = (13, 0x6874_7541, 0x444d_4163, 0x6974_6e65);
    private static readonly (int, int, int, int) Intel = (13, 0x756e_6547, 0x6c65_746e, 0x4965_6e69);

    [Theory]
    [InlineData(true, 0x8000_0021, 0, true)]
    [InlineData(true, 0x8000_0021, 0x121, false)]
    [InlineData(true, 0x8000_0008, 0, false)] // too old for the question
    [InlineData(false, 0x8000_0021, 0, false)]
    public void an_amd_processor_that_reports_no_caches_is_recognised(
        bool amd, uint lastLeaf, int firstCache, bool hides) =>
        OneDnnKernels.HidesCaches((leaf, _) => (uint)leaf switch
        {
            0 => amd ? Amd : Intel,
            0x8000_0000 => ((int)lastLeaf, 0, 0, 0),
            0x8000_001D => (firstCache, 0, 0, 0),
            _ => default,
        }).ShouldBe(hides);

    [Fact]
    public void gradients_of_a_convolution_are_finite()
    {
        using var scope = torch.NewDisposeScope();
        torch.manual_seed(1);
        var convolution = torch.nn.Conv2d(64, 64, 3, padding: 1);
        for (var i = 0; i < 20; i++)
        {
            convolution.zero_grad();
            convolution.forward(torch.randn(8, 64, 16, 16)).square().mean().backward();
            convolution.weight.grad!.isfinite().all().item<bool>().ShouldBeTrue();
        }
    }
}
