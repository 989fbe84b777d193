using Onnx;
using static FaceLoupe.Training.Onnx.OnnxAttribute;

namespace FaceLoupe.Training.Onnx;

/// <content>The operations. Images are N x C x H x W; kernels are square and so are strides and paddings.</content>
internal sealed partial class OnnxGraph
{
    /// <summary>Convolution. The kernel is [out, in, height, width]; the layer's name prefixes its weights.</summary>
    public string Conv(
        string x, float[] weight, int[] shape, float[]? bias, int stride = 1, int padding = 0, string? layer = null)
    {
        layer ??= NextLayer("conv");
        return Add(
            "Conv",
            WithWeights(x, layer, weight, shape, bias, shape[0]),
            layer,
            Of("kernel_shape", [shape[2], shape[3]]),
            Of("strides", [stride, stride]),
            Of("pads", [padding, padding, padding, padding]));
    }

    /// <summary>Fractionally strided convolution. The kernel is [in, out, height, width].</summary>
    public string ConvTranspose(
        string x, float[] weight, int[] shape, float[]? bias,
        int stride = 1, int padding = 0, int outputPadding = 0, string? layer = null)
    {
        layer ??= NextLayer("deconv");
        return Add(
            "ConvTranspose",
            WithWeights(x, layer, weight, shape, bias, shape[1]),
            layer,
            Of("kernel_shape", [shape[2], shape[3]]),
            Of("strides", [stride, stride]),
            Of("pads", [padding, padding, padding, padding]),
            Of("output_padding", [outputPadding, outputPadding]));
    }

    /// <summary>Fully connected layer on N x in; the weight is [out, in] as in torch's Linear.</summary>
    public string Gemm(string x, float[] weight, int outputCount, int features, float[]? bias, string? layer = null)
    {
        layer ??= NextLayer("linear");
        return Add(
            "Gemm",
            WithWeights(x, layer, weight, [outputCount, features], bias, outputCount),
            layer,
            Of("transB", 1));
    }

    /// <summary>max(x, 0).</summary>
    public string Relu(string x) => Add("Relu", [x], null);

    /// <summary>Sum of two values of equal (or broadcastable) shapes.</summary>
    public string Add(string a, string b) => Add("Add", [a, b], null);

    /// <summary>Largest value of each window, without the padding.</summary>
    public string MaxPool(string x, int kernel, int stride, int padding = 0) =>
        Add("MaxPool", [x], null, Window(kernel, stride, padding));

    /// <summary>Mean of each window, zeros of the padding counted, as torch does.</summary>
    public string AveragePool(string x, int kernel, int stride, int padding = 0) =>
        Add("AveragePool", [x], null, [.. Window(kernel, stride, padding), Of("count_include_pad", 1)]);

    /// <summary>Mean of each channel, N x C x 1 x 1.</summary>
    public string GlobalAveragePool(string x) => Add("GlobalAveragePool", [x], null);

    /// <summary>N x everything else.</summary>
    public string Flatten(string x) => Add("Flatten", [x], null, Of("axis", 1));

    /// <summary>Nearest-neighbour enlargement.</summary>
    public string ResizeNearest(string x, int factor) => Add(
        "Resize", [x, "", Constant(NextLayer("scales"), [1, 1, factor, factor], 4)], null,
        Of("mode", "nearest"), Of("coordinate_transformation_mode", "asymmetric"), Of("nearest_mode", "floor"));

    /// <summary>
    /// Bicubic enlargement (a = -0.75) of images of a known size, as torch's interpolate with align_corners = false:
    /// two matrix products, many times faster in ONNX Runtime than Resize.
    /// </summary>
    public string ResizeCubic(string x, int height, int width, int factor)
    {
        var rows = Constant(NextLayer("rows"), CubicMatrix(height, factor), exact: true, height * factor, height);
        var columns = Constant(
            NextLayer("columns"), Transpose(CubicMatrix(width, factor), width), exact: true, width, width * factor);
        return Add("MatMul", [Add("MatMul", [rows, x], null), columns], null);
    }

    // Row i holds the weights of the old pixels for new pixel i; edge pixels are repeated outwards.
    private static float[] CubicMatrix(int side, int factor)
    {
        var matrix = new float[side * factor * side];
        for (var i = 0; i < side * factor; i++)
        {
            var position = ((i + 0.5) / factor) - 0.5;
            var first = (int)Math.Floor(position);
            for (var tap = first - 1; tap <= first + 2; tap++)
            {
                matrix[(i * side) + Math.Clamp(tap, 0, side - 1)] += (float)Cubic(Math.Abs(position - tap));
            }
        }

        return matrix;
    }

    private static double Cubic(double distance)
    {
        const double A = -0.75;
        return distance <= 1
            ? ((((A + 2) * distance) - (A + 3)) * distance * distance) + 1
            : ((((((distance - 5) * distance) + 8) * distance) - 4) * A);
    }

    private static float[] Transpose(float[] matrix, int columns)
    {
        var rows = matrix.Length / columns;
        return [.. Enumerable.Range(0, matrix.Length).Select(i => matrix[((i % rows) * columns) + (i / rows)])];
    }

    private static AttributeProto[] Window(int kernel, int stride, int padding) =>
    [
        Of("kernel_shape", [kernel, kernel]),
        Of("strides", [stride, stride]),
        Of("pads", [padding, padding, padding, padding]),
    ];

    private string[] WithWeights(string x, string layer, float[] weight, int[] shape, float[]? bias, int biasLength)
    {
        var kernel = Constant(layer + ".weight", weight, shape);
        return bias is null ? [x, kernel] : [x, kernel, Constant(layer + ".bias", bias, biasLength)];
    }

    private string NextLayer(string kind) => FormattableString.Invariant($"{kind}_{nodes.Count}");
}
