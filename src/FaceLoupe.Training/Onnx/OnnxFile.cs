using Google.Protobuf;
using Onnx;
using static Onnx.TensorProto.Types;

namespace FaceLoupe.Training.Onnx;

/// <summary>An ONNX network as an editable list of operations and constants.</summary>
internal sealed class OnnxFile
{
    private readonly ModelProto model;

    private OnnxFile(ModelProto model, IEnumerable<TensorProto> constants)
    {
        this.model = model;
        Constants = constants.ToDictionary(constant => constant.Name, StringComparer.Ordinal);
    }

    /// <summary>The operations in topological order.</summary>
    public IList<NodeProto> Nodes => model.Graph.Node;

    /// <summary>The constants by name.</summary>
    public Dictionary<string, TensorProto> Constants { get; }

    /// <summary>Reads the bytes of a file.</summary>
    /// <exception cref="FaceLoupeException">The file is damaged.</exception>
    public static OnnxFile Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var model = ModelProto.Parser.ParseFrom(bytes);
            model.Graph ??= new GraphProto();
            return new OnnxFile(model, model.Graph.Initializer);
        }
        catch (InvalidProtocolBufferException fault)
        {
            throw new FaceLoupeException($"The ONNX file is damaged: {fault.Message.ReplaceLineEndings(" ")}", fault);
        }
    }

    /// <summary>The same network with operations and constants of its own.</summary>
    public OnnxFile Copy() => new(model.Clone(), Constants.Values);

    /// <summary>Adds a value of the network to its outputs.</summary>
    public void AddOutput(string name) => model.Graph.Output.Add(new ValueInfoProto
    {
        Name = name,
        Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)DataType.Float } },
    });

    /// <summary>The constant behind a value, where 16-bit weights are cast; null: it depends on the input.</summary>
    public TensorProto? FindConstant(string value) => Constants.GetValueOrDefault(value)
        ?? (CastOf(value) is { } cast ? Constants.GetValueOrDefault(cast.Input[0]) : null);

    /// <summary>Removes the constant behind a value.</summary>
    public void RemoveConstant(string value)
    {
        if (CastOf(value) is { } cast)
        {
            Nodes.Remove(cast);
            Constants.Remove(cast.Input[0]);
        }

        Constants.Remove(value);
    }

    /// <summary>The bytes of the file.</summary>
    public byte[] ToBytes()
    {
        model.Graph.Initializer.Clear();
        model.Graph.Initializer.Add(Constants.Values);
        return model.ToByteArray();
    }
    private NodeProto? CastOf(string value) =>
        Nodes.FirstOrDefault(node => node.OpType == "Cast" && node.Output[0] == value);
}
