using Google.Protobuf;
using Onnx;
using static Onnx.TensorProto.Types;
using static TorchSharp.torch.nn;

namespace FaceLoupe.Training.Onnx;

/// <summary>
/// Builds an ONNX network, one call per operation; each returns the name of its result. The operations are in
/// <c>OnnxGraph.Operators.cs</c> and match torch's of the same name. Opset 17.
/// </summary>
internal sealed partial class OnnxGraph(string name)
{
    private const int IrVersion = 8;
    private const int Opset = 17;

    private readonly List<(string Name, OnnxDimension[] Shape)> inputs = [];
    private readonly List<(string Name, OnnxDimension[] Shape)> outputs = [];
    private readonly List<NodeProto> nodes = [];
    private readonly List<OnnxConstant> constants = [];
    private readonly List<Module> trainedLayers = [];
    private readonly HashSet<string> names = new(StringComparer.Ordinal);

    /// <summary>Name of the graph, such as <c>generator</c>.</summary>
    public string Name { get; } = name;

    /// <summary>Names of the outputs, in the order they were declared.</summary>
    public IEnumerable<string> OutputNames => outputs.Select(output => output.Name);

    /// <summary>The layers of the operations with weights, in order.</summary>
    public IReadOnlyList<Module> TrainedLayers => trainedLayers;

    /// <summary>Registers the layer of an operation with weights; call in the operations' order.</summary>
    public void Remember(Module layer) => trainedLayers.Add(layer);

    /// <summary>Declares a float input; a dimension given as a string is free.</summary>
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

    /// <summary>The file.</summary>
    public byte[] ToBytes(WeightPrecision precision) => new ModelProto
    {
        IrVersion = IrVersion,
        ProducerName = "faceloupe",
        ProducerVersion = typeof(OnnxGraph).Assembly.GetName().Version!.ToString(3),
        Graph = ToProto(precision),
        OpsetImport = { new OperatorSetIdProto { Domain = "", Version = Opset } },
    }.ToByteArray();

    private GraphProto ToProto(WeightPrecision precision) => new()
    {
        // 16-bit constants are cast first; the runtime does that once, on loading.
        Node =
        {
            constants.Where(constant => constant.IsHalf(precision)).Select(constant => Node(
                "Cast", [HalfName(constant)], constant.Name, [OnnxAttribute.Of("to", (long)DataType.Float)])),
            nodes,
        },
        Name = Name,
        Initializer =
        {
            constants.Select(constant => constant.IsHalf(precision)
                ? constant.ToProto(HalfName(constant), half: true)
                : constant.ToProto(constant.Name, half: false)),
        },
        Input = { inputs.Select(input => Value(input.Name, input.Shape)) },
        Output = { outputs.Select(output => Value(output.Name, output.Shape)) },
    };

    /// <summary>An operation with one result of the same name.</summary>
    public static NodeProto Node(
        string type, string[] operands, string result, params AttributeProto[] attributes) => new()
    {
        OpType = type, Name = result, Input = { operands }, Output = { result }, Attribute = { attributes },
    };

    private static ValueInfoProto Value(string name, OnnxDimension[] shape)
    {
        var sides = shape.Select(side => side.Name is { } free
            ? new TensorShapeProto.Types.Dimension { DimParam = free }
            : new TensorShapeProto.Types.Dimension { DimValue = side.Size });
        var tensor = new TypeProto.Types.Tensor
        {
            ElemType = (int)DataType.Float, Shape = new TensorShapeProto { Dim = { sides } },
        };
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = tensor } };
    }

    private static string HalfName(OnnxConstant constant) => constant.Name + ".half";

    private string Add(string type, string[] operands, string? result, params AttributeProto[] attributes)
    {
        foreach (var operand in operands)
        {
            if (operand.Length > 0 && !names.Contains(operand))
            {
                throw new ArgumentException($"{type} in {Name}: nothing is called '{operand}'", nameof(operands));
            }
        }

        result ??= FormattableString.Invariant($"{type}_{nodes.Count}");
        Claim(result);
        nodes.Add(Node(type, operands, result, attributes));
        return result;
    }

    private string Constant(string constantName, float[] values, params int[] shape) =>
        Constant(constantName, values, exact: false, shape);

    private string Constant(string constantName, float[] values, bool exact, params int[] shape)
    {
        if (shape.Aggregate(1L, (product, side) => product * side) != values.Length)
        {
            throw new ArgumentException(
                $"{constantName} in {Name} has {values.Length} values, which are no [{string.Join(", ", shape)}]",
                nameof(values));
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
