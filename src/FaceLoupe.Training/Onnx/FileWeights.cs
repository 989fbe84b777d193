using Onnx;

namespace FaceLoupe.Training.Onnx;

/// <summary>Finds weights in a file, where 16-bit ones are cast when it is loaded.</summary>
internal static class FileWeights
{
    /// <summary>The constant behind a value; null: it depends on the input.</summary>
    public static TensorProto? Find(OnnxFile file, string value) =>
        file.Constants.GetValueOrDefault(value) ?? (CastOf(file, value) is { } cast
            ? file.Constants.GetValueOrDefault(cast.Input[0])
            : null);

    /// <summary>Removes a constant.</summary>
    public static void Remove(OnnxFile file, string value)
    {
        if (CastOf(file, value) is { } cast)
        {
            file.Nodes.Remove(cast);
            file.Constants.Remove(cast.Input[0]);
        }

        file.Constants.Remove(value);
    }

    private static NodeProto? CastOf(OnnxFile file, string value) =>
        file.Nodes.FirstOrDefault(node => node.OpType == "Cast" && node.Output[0] == value);
}
