using System.Globalization;
using static TorchSharp.torch.nn;

namespace FaceLoupe.Training.Onnx;

/// <summary>
/// Builds an ONNX network, one call an operation; each returns the name of its result, to be given to the next. The
/// operations are in <c>OnnxGraph.Operators.cs</c> and mean the same as torch's of their name. Opset 17.
/// </summary>
internal sealed partial class OnnxGraph(string name)
{
    private const int IrVersion = 8;
    private const int Opset = 17;
    private const int FloatType = 1;

    private readonly List<(string Name, OnnxDimension[] Shape)> inputs = [];
    private readonly List<(string Name, OnnxDimension[] Shape)> outputs = [];
    private readonly List<OnnxNode> nodes = [];
    private readonly List<OnnxConstant> constants = [];
    private readonly SortedDictionary<string, string> metadata = new(StringComparer.Ordinal);
    private readonly List<Module> trainedLayers = [];
    private readonly HashSet<string> names = new(StringComparer.Ordinal);

    /// <summary>Name of the graph, such as <c>generator</c>.</summary>
    public string Name { get; } = name;

    /// <summary>Names of the outputs, in the order they were declared.</summary>
    public IEnumerable<string> OutputNames => outputs.Select(output => output.Name);

    /// <summary>Number of weights and biases.</summary>
    public long ParameterCount => constants.Sum(constant => (long)constant.Values.Length);

    /// <summary>The layers whose weights the operations have, in the order of the operations.</summary>
    public IReadOnlyList<Module> TrainedLayers => trainedLayers;

    /// <summary>
    /// Notes a layer whose weights an operation has, for whoever wants to read them back; call in the operations'
    /// order.
    /// </summary>
    public void Remember(Module layer) => trainedLayers.Add(layer);

    /// <summary>Declares a float input; a dimension given as a text is free.</summary>
    public string Input(string inputName, params OnnxDimension[] shape)
    {
        Claim(inputName);
        inputs.Add((inputName, shape));
        return inputName;
    }

    /// <summary>Declares a result as an output under a name of its own.</summary>
    public void Output(string outputName, string x, params OnnxDimension[] shape)
    {
        Add("Identity", [x], outputName);
        outputs.Add((outputName, shape));
    }

    /// <summary>A note for readers of the file (ONNX "metadata properties").</summary>
    public void Note(string key, string value) => metadata[key] = value;

    /// <summary>The file.</summary>
    public byte[] ToBytes(WeightPrecision precision)
    {
        var model = new ProtobufWriter();
        WriteModel(model, precision);
        return model.Written.ToArray();
    }

    /// <summary>Writes the file.</summary>
    public void Write(Stream stream, WeightPrecision precision) => stream.Write(ToBytes(precision));

    private static void WriteValueInfo(ProtobufWriter writer, string name, OnnxDimension[] dimensions)
    {
        writer.Text(1, name);
        writer.Message(2, type => type.Message(1, tensor =>
        {
            tensor.Integer(1, FloatType);
            tensor.Message(2, shape =>
            {
                foreach (var dimension in dimensions)
                {
                    shape.Message(1, side => WriteDimension(side, dimension));
                }
            });
        }));
    }

    private static void WriteDimension(ProtobufWriter writer, OnnxDimension dimension)
    {
        if (dimension.Name is null)
        {
            writer.Integer(1, dimension.Size);
        }
        else
        {
            writer.Text(2, dimension.Name);
        }
    }

    // Field numbers of ModelProto.
    private void WriteModel(ProtobufWriter model, WeightPrecision precision)
    {
        model.Integer(1, IrVersion);
        model.Text(2, "faceloupe");
        model.Text(3, typeof(OnnxGraph).Assembly.GetName().Version!.ToString(3));
        model.Message(7, graph => WriteGraph(graph, precision));
        model.Message(8, opset =>
        {
            opset.Text(1, "");
            opset.Integer(2, Opset);
        });
        foreach (var (key, value) in metadata)
        {
            model.Message(14, entry =>
            {
                entry.Text(1, key);
                entry.Text(2, value);
            });
        }
    }

    // Field numbers of GraphProto.
    private void WriteGraph(ProtobufWriter graph, WeightPrecision precision)
    {
        // Half constants are cast first; the runtime does that once, when it loads the file.
        foreach (var constant in constants.Where(constant => constant.IsHalf(precision)))
        {
            OnnxNode cast = new("Cast", [HalfName(constant)], constant.Name, [new("to", Integer: FloatType)]);
            graph.Message(1, cast.Write);
        }

        foreach (var node in nodes)
        {
            graph.Message(1, node.Write);
        }

        graph.Text(2, Name);
        foreach (var constant in constants)
        {
            var half = constant.IsHalf(precision);
            graph.Message(5, tensor => constant.Write(tensor, half ? HalfName(constant) : constant.Name, half));
        }

        foreach (var (input, shape) in inputs)
        {
            graph.Message(11, value => WriteValueInfo(value, input, shape));
        }

        foreach (var (output, shape) in outputs)
        {
            graph.Message(12, value => WriteValueInfo(value, output, shape));
        }
    }

    private static string HalfName(OnnxConstant constant) => constant.Name + ".half";

    private string Add(string type, string[] operands, string? result, params OnnxAttribute[] attributes)
    {
        foreach (var operand in operands)
        {
            if (operand.Length > 0 && !names.Contains(operand))
            {
                throw new ArgumentException($"{type} in {Name}: nothing is called '{operand}'", nameof(operands));
            }
        }

        result ??= string.Create(CultureInfo.InvariantCulture, $"{type}_{nodes.Count}");
        Claim(result);
        nodes.Add(new OnnxNode(type, operands, result, attributes));
        return result;
    }

    private string Constant(string constantName, float[] values, params int[] shape) =>
        Constant(constantName, values, exact: false, shape);

    private string Constant(string constantName, float[] values, bool exact, params int[] shape)
    {
        if (shape.Aggregate(1L, (product, side) => product * side) != values.Length)
        {
            throw new ArgumentException(
                $"{constantName} in {Name} has {values.Length} values, which are no [{string.Join(", ", shape)}]", nameof(values));
        }

        Claim(constantName);
        constants.Add(new OnnxConstant(constantName, shape, values, exact));
        return constantName;
    }

    private void Claim(string value)
    {
        if (!names.Add(value))
        {
            throw new ArgumentException($"{Name} has two values called '{value}'", nameof(value));
        }
    }
}
