using System.Runtime.InteropServices;
using System.Text.Json;

namespace FaceLoupe.Training.Tests.Pretrained;

/// <summary>A folder with a small TensorFlow.js model, its values cut into two shards at an awkward place.</summary>
internal sealed class TinyTfjs : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("faceloupe-tfjs-");

    public TinyTfjs(params (string Name, int[] Shape, float[] Values)[] tensors)
    {
        Write(Folder, tensors);
    }

    public string Folder => root.FullName;

    public string Shard(int number) => Path.Combine(Folder, $"group1-shard{number}of2.bin");

    public static void Write(string folder, params (string Name, int[] Shape, float[] Values)[] tensors)
    {
        var bytes = MemoryMarshal.AsBytes<float>(tensors.SelectMany(tensor => tensor.Values).ToArray()).ToArray();
        var cut = (bytes.Length / 2) + 1;
        File.WriteAllBytes(Path.Combine(folder, "group1-shard1of2.bin"), bytes[..cut]);
        File.WriteAllBytes(Path.Combine(folder, "group1-shard2of2.bin"), bytes[cut..]);
        File.WriteAllText(Path.Combine(folder, "model.json"), JsonSerializer.Serialize(new
        {
            weightsManifest = new[]
            {
                new
                {
                    paths = new[] { "group1-shard1of2.bin", "group1-shard2of2.bin" },
                    weights = tensors.Select(
                        tensor => new { name = tensor.Name, shape = tensor.Shape, dtype = "float32" }),
                },
            },
        }));
    }

    public void Dispose() => root.Delete(recursive: true);
}
