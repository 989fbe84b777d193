using FaceLoupe.Training.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Tests.Networks;

[Collection(TorchAlone.Name)]
public sealed class PrecisionChoiceTests
{
    [Theory]
    [InlineData(1.0, 1.0, 1.0, "Float32")]
    [InlineData(1.0, 0.95, 20, "Float32")] // not worth another order of sums
    [InlineData(1.0, 0.9, 20, "Float32ChannelsLast")]
    [InlineData(1.0, 0.8, 0.4, "BFloat16")]
    [InlineData(1.0, 0.4, 0.5, "Float32ChannelsLast")]
    public void the_fastest_is_chosen_if_it_gains_a_tenth(
        double plain, double channelsLast, double narrow, string best) =>
        PrecisionChoice.Best([
            new(TrainingPrecision.Float32, plain),
            new(TrainingPrecision.Float32ChannelsLast, channelsLast),
            new(TrainingPrecision.BFloat16, narrow),
        ]).ToString().ShouldBe(best);

    [Fact]
    public void each_arithmetic_takes_two_steps_and_a_much_slower_one_a_single_step()
    {
        var steps = new List<TrainingPrecision>();
        var timed = PrecisionChoice.Time(
            () => new ProposalNetwork(TinyConfig.Proposals),
            (network, _) =>
            {
                var precision = network.modules().OfType<ConvNorm>().First().Precision;
                steps.Add(precision);
                Thread.Sleep(precision switch
                {
                    TrainingPrecision.Float32 => 80,
                    TrainingPrecision.BFloat16 => 1500,
                    _ => 20,
                });
                return zeros(1);
            },
            CPU);

        steps.ShouldBe([
            TrainingPrecision.Float32, TrainingPrecision.Float32ChannelsLast, TrainingPrecision.BFloat16,
            TrainingPrecision.Float32, TrainingPrecision.Float32ChannelsLast,
        ]);
        timed.Select(candidate => candidate.Precision).ShouldBe(steps.Take(3));
        timed[2].Seconds.ShouldBeGreaterThan(1.4);
        PrecisionChoice.Text(timed).ShouldMatch(
            "^float32 [0-9.]+ s, float32ChannelsLast [0-9.]+ s, bFloat16 [0-9.]+ s$");
    }

    [Fact]
    public void timing_does_not_change_the_random_numbers_of_a_training()
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        var expected = rand(8).data<float>().ToArray();

        manual_seed(5);
        PrecisionChoice.Time(
            () => new ProposalNetwork(TinyConfig.Proposals),
            (network, device) => network.forward(rand(1, 3, 64, 64, device: device))[0].Scores.sum(),
            CPU).ShouldAllBe(candidate => candidate.Seconds > 0);

        rand(8).data<float>().ToArray().ShouldBe(expected);
    }

    [Fact]
    public void channels_last_is_another_order_in_memory_and_nearly_the_same_numbers()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        manual_seed(1);
        var layer = new ConvNorm("layer", 8, 16, 3);
        var image = rand(2, 8, 10, 12);
        var plain = layer.forward(image);
        layer.Precision = TrainingPrecision.Float32ChannelsLast;

        var ordered = layer.forward(image);

        plain.is_contiguous().ShouldBeTrue();
        ordered.stride(1).ShouldBe(1);
        ordered.shape.ShouldBe(plain.shape);
        (ordered - plain).abs().max().item<float>().ShouldBeLessThan(1e-5f);
    }

    [Fact]
    public void auto_is_refused_as_the_arithmetic_of_a_layer()
    {
        using var network = new ProposalNetwork(TinyConfig.Proposals);

        Should.Throw<ArgumentException>(() => network.SetPrecision(TrainingPrecision.Auto))
            .Message.ShouldContain("must be chosen first");
    }
}
