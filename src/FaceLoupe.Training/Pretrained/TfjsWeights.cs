using System.Runtime.InteropServices;
using System.Text.Json;

namespace FaceLoupe.Training.Pretrained;

/// <summary>An array of a TensorFlow.js weights file: its shape and its values, last dimension fastest.</summary>
internal sealed record TfjsTensor(int[] Shape, float[] Values);

/// <summary>
/// Weights of a TensorFlow.js "layers model": <c>model.json</c> lists names and shapes in order; the values are
/// little-endian float32 in the shard files beside it.
/// </summary>
internal sealed class TfjsWeights
{
    private readonly Dictionary<string, TfjsTensor> tensors = [];
    private readonly string folder;

    private TfjsWeights(string folder)
    {
        this.folder = folder;
    }

    /// <summary>Names of all arrays, in the order of the file.</summary>
    public IReadOnlyCollection<string> Names => tensors.Keys;

    /// <summary>Number of float values in all arrays.</summary>
    public long Count => tensors.Values.Sum(tensor => (long)tensor.Values.Length);

    /// <summary>Reads a folder with <c>model.json</c> and its shards.</summary>
    public static TfjsWeights Read(string folder)
    {
        var path = Path.Combine(folder, "model.json");
        if (!File.Exists(path))
        {
            throw new FaceLoupeException($"{folder} has no model.json; give the folder of a TensorFlow.js model");
        }

        var weights = new TfjsWeights(folder);
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            foreach (var group in document.RootElement.GetProperty("weightsManifest").EnumerateArray())
            {
                weights.ReadGroup(group);
            }
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException)
        {
            throw new FaceLoupeException($"{path} is not a TensorFlow.js model: {e.Message}", e);
        }

        return weights;
    }

    /// <summary>The files with the values, in order, for a hash of the weights.</summary>
    public static IReadOnlyList<string> ShardFiles(string folder)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "model.json")));
        return [.. document.RootElement.GetProperty("weightsManifest").EnumerateArray()
            .SelectMany(group => Shards(folder, group))];
    }

    /// <summary>The array of this name.</summary>
    public TfjsTensor Get(string name) => tensors.TryGetValue(name, out var tensor)
        ? tensor
        : throw new FaceLoupeException($"{folder} has no weights named {name}; it holds another network");

    /// <summary>The values of a vector of this length.</summary>
    public float[] Vector(string name, int length)
    {
        var tensor = Get(name);
        return tensor.Shape is [var actual] && actual == length
            ? tensor.Values
            : throw new FaceLoupeException(
                $"{folder}: {name} has shape [{string.Join(", ", tensor.Shape)}], expected [{length}]; it holds "
                    + "another network");
    }

    private static IEnumerable<string> Shards(string folder, JsonElement group) =>
        group.GetProperty("paths").EnumerateArray().Select(
            path => Path.Combine(folder, Path.GetFileName(path.GetString()!)));

    private void ReadGroup(JsonElement group)
    {
        var bytes = ReadShards(Shards(folder, group));
        var position = 0;
        foreach (var entry in group.GetProperty("weights").EnumerateArray())
        {
            var name = entry.GetProperty("name").GetString()!;
            if (entry.GetProperty("dtype").GetString() != "float32" || entry.TryGetProperty("quantization", out _))
            {
                throw new FaceLoupeException($"{folder}: {name} is not plain float32; give an unquantised model");
            }

            int[] shape = [.. entry.GetProperty("shape").EnumerateArray().Select(side => side.GetInt32())];
            var length = checked(4 * shape.Aggregate(1, (product, side) => checked(product * side)));
            if (position + length > bytes.Length)
            {
                throw new FaceLoupeException($"{folder}: the shards end before {name}; fetch the model again");
            }

            tensors[name] = new TfjsTensor(
                shape, MemoryMarshal.Cast<byte, float>(bytes.AsSpan(position, length)).ToArray());
            position += length;
        }

        if (position != bytes.Length)
        {
            throw new FaceLoupeException(
                $"{folder}: the shards hold {bytes.Length} bytes, model.json lists {position}; fetch the model again");
        }
    }

    private static byte[] ReadShards(IEnumerable<string> paths)
    {
        using var joined = new MemoryStream();
        foreach (var path in paths)
        {
            if (!File.Exists(path))
            {
                throw new FaceLoupeException($"{path} is missing beside model.json; fetch the model again");
            }

            joined.Write(File.ReadAllBytes(path));
        }

        return joined.ToArray();
    }
}
