using System.Text.Json.Nodes;
using FaceLoupe.Models;
using FaceLoupe.Training.Export;
using FaceLoupe.Training.Onnx;
using Onnx;
using static Onnx.TensorProto.Types;

namespace FaceLoupe.Training.Compression.Averaging;

/// <summary>
/// Makes a model of the mean weights of several exported ones. If one was fine-tuned from the other, the mean often
/// generalises better than either.
/// </summary>
internal static class BundleAverage
{
    /// <summary>Writes the model, with the manifest of the first.</summary>
    /// <param name="sources">Folders of models, two or more; not quantised.</param>
    /// <param name="target">Folder of the new model.</param>
    /// <exception cref="FaceLoupeException">
    /// A network differs in shape from that of the first model, or is quantised.
    /// </exception>
    public static ModelManifest Write(IReadOnlyList<string> sources, string target)
    {
        var manifests = sources.Select(source =>
        {
            using var bundle = ModelBundle.Open(source);
            return bundle.Manifest;
        }).ToArray();
        var training = manifests[0].Training?.DeepClone() as JsonObject ?? [];
        training["averaged"] = new JsonArray([.. manifests.Select(m => JsonValue.Create($"{m.Name} {m.Version}"))]);
        return BundleWriter.Write(
            target,
            manifests[0] with { Name = BundleWriter.NameOf(target), Training = training },
            Network(manifest => manifest.Proposals.File), Network(manifest => manifest.Generator.File),
            Network(manifest => manifest.Discriminator.File));

        byte[] Network(Func<ModelManifest, string> file) =>
            Mean([.. sources.Zip(manifests, (source, manifest) => Path.Combine(source, file(manifest)))]);
    }

    private static byte[] Mean(string[] paths)
    {
        var files = Array.ConvertAll(paths, path => OnnxFile.Read(File.ReadAllBytes(path)));
        var result = files[0].Copy();
        foreach (var (file, path) in files.Zip(paths).Skip(1).Where(other => !IsAlike(files[0], other.First)))
        {
            throw new FaceLoupeException(
                $"{path}: is another network than {paths[0]}; give models that were exported with the same network "
                    + "options.");
        }

        foreach (var (name, constant) in files[0].Constants)
        {
            result.Constants[name] = Mean([.. files.Select(file => file.Constants[name])], paths[0]);
        }

        return result.ToBytes();
    }

    private static TensorProto Mean(TensorProto[] constants, string path)
    {
        var first = constants[0];
        if (constants.All(constant => constant.RawData.Equals(first.RawData)))
        {
            return first;
        }

        if (!first.Is(DataType.Float) && !first.Is(DataType.Float16))
        {
            throw new FaceLoupeException(
                $"{path}: weights of 8 bits have no mean; average the models with floats and quantise the result.");
        }

        var values = Array.ConvertAll(constants, constant => constant.ToSingles());
        var means = new float[values[0].Length];
        for (var i = 0; i < means.Length; i++)
        {
            means[i] = (float)values.Average(of => (double)of[i]);
        }

        return first.Is(DataType.Float)
            ? OnnxTensors.Of(first.Name, DataType.Float, means, first.Dims)
            : OnnxTensors.Of(first.Name, DataType.Float16, Array.ConvertAll(means, mean => (Half)mean), first.Dims);
    }

    private static bool IsAlike(OnnxFile a, OnnxFile b) =>
        a.Nodes.Count == b.Nodes.Count && a.Nodes.Zip(b.Nodes).All(pair =>
            pair.First.OpType == pair.Second.OpType && pair.First.Input.SequenceEqual(pair.Second.Input)
            && pair.First.Output.SequenceEqual(pair.Second.Output))
        && a.Constants.Count == b.Constants.Count && a.Constants.All(constant =>
            b.Constants.TryGetValue(constant.Key, out var other) && constant.Value.DataType == other.DataType
            && constant.Value.Dims.SequenceEqual(other.Dims));
}
