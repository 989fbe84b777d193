using FaceLoupe.Training.Pretrained;

namespace FaceLoupe.Training.Tests.Pretrained;

public sealed class ResNet50WeightsTests
{
    [Theory]
    [InlineData("stem", "conv1", "bn_conv1")]
    [InlineData("layer1.0.conv1", "res2a_branch2a", "bn2a_branch2a")]
    [InlineData("layer3.5.conv3", "res4f_branch2c", "bn4f_branch2c")]
    [InlineData("layer4.0.downsample", "res5a_branch1", "bn5a_branch1")]
    public void names_follow_keras(string name, string convolution, string norm) =>
        ResNet50Weights.KerasNames(name).ShouldBe((convolution, norm));

    [Fact]
    public void a_name_of_no_layer_is_refused() =>
        Should.Throw<ArgumentException>(() => ResNet50Weights.KerasNames("layer5.0.conv1"));

    [Fact]
    public void there_are_53_convolutions()
    {
        Names().Count().ShouldBe(53);
        Names().Select(ResNet50Weights.KerasNames).Distinct().Count().ShouldBe(53);
    }

    [Fact]
    public void kernels_are_turned_from_height_width_in_out_to_out_in_height_width()
    {
        // 2x2 kernel, 2 inputs, 3 outputs; the value spells h w i o.
        var kernel = new List<float>();
        for (var k = 0; k < 24; k++)
        {
            kernel.Add((k / 12 * 1000) + (k / 6 % 2 * 100) + (k / 3 % 2 * 10) + (k % 3));
        }

        using var tiny = new TinyTfjs(
            ("bn2a_branch2a/gamma", [3], [1, 2, 3]),
            ("bn2a_branch2a/beta", [3], [4, 5, 6]),
            ("bn2a_branch2a/moving_mean", [3], [7, 8, 9]),
            ("bn2a_branch2a/moving_variance", [3], [10, 11, 12]),
            ("res2a_branch2a/kernel", [2, 2, 2, 3], [.. kernel]),
            ("res2a_branch2a/bias", [3], [13, 14, 15]));

        var read = ResNet50Weights.Read(tiny.Folder).Get("layer1.0.conv1");

        (read.OutChannels, read.InChannels, read.KernelSize, read.Epsilon).ShouldBe((3, 2, 2, 1e-3f));
        read.Weight[..8].ShouldBe([0f, 100, 1000, 1100, 10, 110, 1010, 1110]);
        read.Weight[8..12].ShouldBe([1f, 101, 1001, 1101]);
        read.Bias.ShouldBe([13f, 14, 15]);
        read.Gamma.ShouldBe([1f, 2, 3]);
        read.Beta.ShouldBe([4f, 5, 6]);
        read.Mean.ShouldBe([7f, 8, 9]);
        read.Variance.ShouldBe([10f, 11, 12]);
    }

    [Fact]
    public void the_folded_stem_gives_the_same_output_for_signed_rgb_as_keras_for_its_input()
    {
        var stem = new ConvNormWeights(
            2, 3, 1, [0.1f, -0.2f, 0.3f, 1f, 2f, -3f], [0.5f, -1f], [1, 1], [0, 0], [0, 0], [1, 1], 1e-3f);
        (float red, float green, float blue) = (200f, 40f, 90f);
        float[] keras = [blue - 103.939f, green - 116.779f, red - 123.68f];
        float[] ours = [(red / 127.5f) - 1, (green / 127.5f) - 1, (blue / 127.5f) - 1];

        var folded = stem.FoldInput();

        Apply(folded, ours).ShouldBe(Apply(stem, keras), 1e-3);
        folded.Gamma.ShouldBeSameAs(stem.Gamma);
    }

    private static float[] Apply(ConvNormWeights layer, float[] pixel) =>
    [
        .. Enumerable.Range(0, layer.OutChannels)
            .Select(o => layer.Bias[o] + Enumerable.Range(0, 3).Sum(c => layer.Weight[(o * 3) + c] * pixel[c])),
    ];

    /// <summary>Names of all convolutions with their norms, from the image upwards.</summary>
    internal static IEnumerable<string> Names()
    {
        yield return "stem";
        for (var stage = 1; stage <= 4; stage++)
        {
            for (var block = 0; block < (stage switch { 1 or 4 => 3, 2 => 4, _ => 6 }); block++)
            {
                for (var conv = 1; conv <= 3; conv++)
                {
                    yield return FormattableString.Invariant($"layer{stage}.{block}.conv{conv}");
                }

                if (block == 0)
                {
                    yield return FormattableString.Invariant($"layer{stage}.0.downsample");
                }
            }
        }
    }
}
