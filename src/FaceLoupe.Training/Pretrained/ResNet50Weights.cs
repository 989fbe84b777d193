using System.Text.RegularExpressions;

namespace FaceLoupe.Training.Pretrained;

/// <summary>
/// ResNet-50 v1 of Keras under torchvision-like names: <c>stem</c>, <c>layer{1..4}.{0..}.conv{1,2,3}</c> and
/// <c>layer{1..4}.0.downsample</c>. A stage's stride of 2 is on its first block's <c>conv1</c> and <c>downsample</c>.
/// </summary>
internal sealed partial class ResNet50Weights
{
    private const float KerasEpsilon = 1e-3f;

    private readonly TfjsWeights weights;

    private ResNet50Weights(TfjsWeights weights)
    {
        this.weights = weights;
    }

    /// <summary>Number of float values in the file, the classifier's included.</summary>
    public long Count => weights.Count;

    /// <summary>Reads the folder that holds <c>model.json</c> and its shards.</summary>
    public static ResNet50Weights Read(string folder) => new(TfjsWeights.Read(folder));

    /// <summary>A convolution and norm by our name; for the stem see <see cref="ConvNormWeights.FoldInput"/>.</summary>
    public ConvNormWeights Get(string name)
    {
        var (conv, norm) = KerasNames(name);
        var kernel = weights.Get(conv + "/kernel");
        if (kernel.Shape is not [var height, var width, var inputs, var outputs] || height != width)
        {
            throw new FaceLoupeException(
                $"{conv}/kernel has shape [{string.Join(", ", kernel.Shape)}], expected a square kernel");
        }

        return new ConvNormWeights(
            outputs,
            inputs,
            height,
            OutInHeightWidth(kernel.Values, height * width, inputs, outputs),
            weights.Vector(conv + "/bias", outputs),
            weights.Vector(norm + "/gamma", outputs),
            weights.Vector(norm + "/beta", outputs),
            weights.Vector(norm + "/moving_mean", outputs),
            weights.Vector(norm + "/moving_variance", outputs),
            KerasEpsilon);
    }

    /// <summary>Names of convolution and norm in Keras' file: stages count from 2, blocks are letters.</summary>
    internal static (string Convolution, string Norm) KerasNames(string name)
    {
        if (name == "stem")
        {
            return ("conv1", "bn_conv1");
        }

        var match = BlockName().Match(name);
        if (!match.Success)
        {
            throw new ArgumentException($"no layer of ResNet-50 is called '{name}'", nameof(name));
        }

        var stage = (char)(match.Groups["stage"].ValueSpan[0] + 1);
        var block = (char)('a' + (match.Groups["block"].ValueSpan[0] - '0'));
        var branch = match.Groups["conv"].Success
            ? "2" + (char)('a' + (match.Groups["conv"].ValueSpan[0] - '1'))
            : "1";
        return ($"res{stage}{block}_branch{branch}", $"bn{stage}{block}_branch{branch}");
    }

    [GeneratedRegex(@"\Alayer(?<stage>[1-4])\.(?<block>[0-9])\.(conv(?<conv>[1-3])|downsample)\z")]
    private static partial Regex BlockName();

    private static float[] OutInHeightWidth(float[] hwio, int area, int inputs, int outputs)
    {
        var oihw = new float[hwio.Length];
        for (var k = 0; k < area; k++)
        {
            for (var i = 0; i < inputs; i++)
            {
                var row = hwio.AsSpan(((k * inputs) + i) * outputs, outputs);
                for (var o = 0; o < outputs; o++)
                {
                    oihw[(((o * inputs) + i) * area) + k] = row[o];
                }
            }
        }

        return oihw;
    }
}
