using FaceLoupe.Training.Runs;
using TorchSharp;

namespace FaceLoupe.Training.Tests.Runs;

public sealed class TrainingDeviceTests
{
    [Fact]
    public void the_cpu_is_always_there() => TrainingDevice.Open("cpu").type.ShouldBe(DeviceType.CPU);

    [Theory]
    [InlineData("gpu")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("CUDA")]
    [InlineData("")]
    public void another_name_is_reported_with_the_expected_ones(string name) =>
        Should.Throw<FaceLoupeException>(() => TrainingDevice.Open(name)).Message
            .ShouldBe($"--device {name}: expected cpu, cuda or cuda:N.");

    [Fact]
    public void a_card_is_opened_or_reported_missing_in_one_line()
    {
        if (torch.cuda.is_available())
        {
            TrainingDevice.Open("cuda").type.ShouldBe(DeviceType.CUDA);
            return;
        }

        var message = Should.Throw<FaceLoupeException>(() => TrainingDevice.Open("cuda:1")).Message;
        message.ShouldStartWith("--device cuda:1: no CUDA here");
        message.ShouldNotContain("\n");
    }
}
