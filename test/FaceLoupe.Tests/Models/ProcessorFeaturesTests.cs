using System.Runtime.InteropServices;
using FaceLoupe.Models;

namespace FaceLoupe.Tests.Models;

public sealed class ProcessorFeaturesTests
{
    [Theory]
    [InlineData(Architecture.X64, true, true, false)]
    [InlineData(Architecture.X64, true, false, true)]
    [InlineData(Architecture.Arm64, false, false, false)]
    public void sums_of_bytes_overflow_on_x64_without_vnni_only(
        Architecture architecture, bool avx2, bool vnni, bool overflow)
    {
        var processor = new ProcessorFeatures(architecture, avx2, vnni);

        processor.BytesOverflow.ShouldBe(overflow);
        Should.NotThrow(processor.Check);
    }

    [Fact]
    public void an_x64_processor_without_avx2_is_refused_in_one_line()
    {
        var old = new ProcessorFeatures(Architecture.X64, Avx2: false, Vnni: false);

        var message = Should.Throw<FaceLoupeException>(old.Check).Message;
        message.ShouldStartWith("This x64 processor has no AVX2");
        message.ShouldNotContain('\n');
    }
}
