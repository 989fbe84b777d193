using System.Text;

namespace FaceLoupe.Training.Onnx;

/// <summary>An operation of a file. Its attributes stay as they were written.</summary>
internal sealed record FileNode(string Operator, string[] Inputs, string[] Outputs, IReadOnlyList<byte[]> Attributes)
{
    /// <summary>Its only output.</summary>
    public string Output => Outputs[0];
}

/// <summary>An ONNX network as a list of operations and constants that can be changed and written again.</summary>
internal sealed class OnnxFile
{
    private const int GraphField = 7;

    // Fields of ModelProto and GraphProto that nothing here changes: versions, names, inputs and outputs.
    private readonly List<(int Field, long? Integer, byte[] Bytes)> modelRest = [];
    private readonly List<(int Field, byte[] Bytes)> graphRest = [];

    /// <summary>The operations, each after those whose results it needs.</summary>
    public List<FileNode> Nodes { get; private init; } = [];

    /// <summary>The constants by name.</summary>
    public Dictionary<string, FileTensor> Constants { get; private init; } = new(StringComparer.Ordinal);

    /// <summary>Reads the bytes of a file.</summary>
    public static OnnxFile Read(ReadOnlySpan<byte> bytes)
    {
        var file = new OnnxFile();
        var model = new ProtobufReader(bytes);
        while (model.Next())
        {
            if (model.Field == GraphField)
            {
                file.ReadGraph(model.Bytes);
            }
            else
            {
                file.modelRest.Add((model.Field, model.IsInteger ? model.Integer : null, model.Bytes.ToArray()));
            }
        }

        return file;
    }

    /// <summary>The same network with operations and constants of its own.</summary>
    public OnnxFile Copy()
    {
        var copy = new OnnxFile
        {
            Nodes = [.. Nodes], Constants = new Dictionary<string, FileTensor>(Constants, StringComparer.Ordinal),
        };
        copy.modelRest.AddRange(modelRest);
        copy.graphRest.AddRange(graphRest);
        return copy;
    }

    /// <summary>Makes a value within the network one of its outputs.</summary>
    public void AddOutput(string name)
    {
        var value = new ProtobufWriter();
        value.Text(1, name);
        value.Message(2, type => type.Message(1, tensor => tensor.Integer(1, (int)OnnxType.Single)));
        graphRest.Add((12, value.Written.ToArray()));
    }

    /// <summary>The bytes of the file.</summary>
    public byte[] ToBytes()
    {
        var model = new ProtobufWriter();
        foreach (var (field, integer, bytes) in modelRest)
        {
            if (integer is { } number)
            {
                model.Integer(field, number);
            }
            else
            {
                model.Bytes(field, bytes);
            }
        }

        model.Message(GraphField, WriteGraph);
        return model.Written.ToArray();
    }

    private void ReadGraph(ReadOnlySpan<byte> bytes)
    {
        var graph = new ProtobufReader(bytes);
        while (graph.Next())
        {
            switch (graph.Field)
            {
                case 1:
                    Nodes.Add(ReadNode(graph.Bytes));
                    break;
                case 5:
                    var tensor = FileTensor.Read(graph.Bytes);
                    Constants.Add(tensor.Name, tensor);
                    break;
                default:
                    graphRest.Add((graph.Field, graph.Bytes.ToArray()));
                    break;
            }
        }
    }

    private void WriteGraph(ProtobufWriter graph)
    {
        foreach (var node in Nodes)
        {
            graph.Message(1, writer => Write(writer, node));
        }

        foreach (var tensor in Constants.Values)
        {
            graph.Message(5, tensor.Write);
        }

        foreach (var (field, bytes) in graphRest)
        {
            graph.Bytes(field, bytes);
        }
    }

    // Field numbers of NodeProto.
    private static FileNode ReadNode(ReadOnlySpan<byte> bytes)
    {
        List<string> inputs = [], outputs = [];
        List<byte[]> attributes = [];
        var type = string.Empty;
        var node = new ProtobufReader(bytes);
        while (node.Next())
        {
            switch (node.Field)
            {
                case 1:
                    inputs.Add(Encoding.UTF8.GetString(node.Bytes));
                    break;
                case 2:
                    outputs.Add(Encoding.UTF8.GetString(node.Bytes));
                    break;
                case 4:
                    type = Encoding.UTF8.GetString(node.Bytes);
                    break;
                case 5:
                    attributes.Add(node.Bytes.ToArray());
                    break;
            }
        }

        return new FileNode(type, [.. inputs], [.. outputs], attributes);
    }

    private static void Write(ProtobufWriter writer, FileNode node)
    {
        foreach (var input in node.Inputs)
        {
            writer.Text(1, input);
        }

        foreach (var output in node.Outputs)
        {
            writer.Text(2, output);
        }

        writer.Text(3, node.Output);
        writer.Text(4, node.Operator);
        foreach (var attribute in node.Attributes)
        {
            writer.Bytes(5, attribute);
        }
    }
}
