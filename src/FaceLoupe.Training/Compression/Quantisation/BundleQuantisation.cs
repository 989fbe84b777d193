using System.Globalization;
using System.Text.Json.Nodes;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Models;
using FaceLoupe.Training.Export;
using FaceLoupe.Training.Samples;

namespace FaceLoupe.Training.Compression.Quantisation;

/// <summary>Makes an 8-bit model of an exported one, calibrated on images of a folder.</summary>
internal static class BundleQuantisation
{
    private const int ComparedPictures = 4;

    /// <summary>Writes the model and reports its accuracy.</summary>
    /// <param name="source">Folder of the model with floats.</param>
    /// <param name="target">Folder of the new model.</param>
    /// <param name="pictureFolder">Images, subfolders included; spread evenly over the sorted names.</param>
    /// <param name="options">What to quantise.</param>
    /// <param name="log">Receives the report.</param>
    public static ModelManifest Write(
        string source, string target, string pictureFolder, QuantisationOptions options, TextWriter log)
    {
        var pictures = FindPictures(pictureFolder, options.Pictures);
        using var bundle = ModelBundle.Open(source);
        var manifest = bundle.Manifest;
        var inputs = CalibrationInputs.Collect(bundle, pictures);
        var proposals = Network("proposals", manifest.Proposals.File, manifest.Proposals.Input,
            [.. manifest.Proposals.Branches.SelectMany(branch => new[] { branch.Scores, branch.Deltas })],
            inputs.Proposals);
        var generator = Network("generator", manifest.Generator.File, manifest.Generator.Input,
            [manifest.Generator.Output], inputs.Generator);
        var discriminator = Network("discriminator", manifest.Discriminator.File, manifest.Discriminator.Input,
            [.. ((string?[])[
                manifest.Discriminator.Face, manifest.Discriminator.Delta, manifest.Discriminator.Landmarks,
            ]).OfType<string>()],
            inputs.Discriminator);

        var training = manifest.Training?.DeepClone() as JsonObject ?? [];
        training["quantised"] = $"{manifest.Name} {manifest.Version}, {pictures.Count} images";
        var written = BundleWriter.Write(
            target, manifest with { Name = BundleWriter.NameOf(target), Training = training },
            proposals, generator, discriminator);
        Compare(bundle, target, pictures, log);
        return written;

        byte[] Network(string name, string file, string input, string[] outputs, List<NetworkInput> samples)
        {
            var bytes = File.ReadAllBytes(Path.Combine(source, file));
            if (!options.Networks.Contains(name))
            {
                return bytes;
            }

            var network = QuantisedNetwork.Make(name, bytes, input, outputs, samples, options);
            log.WriteLine(network.Report);
            return network.Bytes;
        }
    }

    private static List<string> FindPictures(string folder, int count)
    {
        string[] all = Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Where(PictureFile.HasPictureExtension).Order(StringComparer.Ordinal)]
            : throw new FaceLoupeException(
                $"{folder}: there is no such folder; give one of images like those to be detected in.");
        return all.Length == 0
            ? throw new FaceLoupeException($"{folder}: holds no images to calibrate with.")
            : [.. EvenSample.Of(all, count)];
    }

    // A quick check for gross errors, not an evaluation.
    private static void Compare(ModelBundle exact, string target, List<string> pictures, TextWriter log)
    {
        // Of an earlier model in the folder.
        File.Delete(Path.Combine(target, GoldenOutputs.FileName));
        using var quantised = ModelBundle.Open(target);
        GoldenOutputs.Measure(quantised, exact.Manifest.Name).Write(target);
        using var before = new FaceLoupeDetector(exact);
        using var after = new FaceLoupeDetector(quantised);
        int common = 0, old = 0, now = 0;
        foreach (var path in pictures.Take(ComparedPictures))
        {
            var picture = PictureFile.Read(path);
            var (a, b) = (before.Detect(picture).Faces, after.Detect(picture).Faces);
            common += a.Count(face => b.Any(other => Overlap.IoU(face.Box, other.Box) >= 0.5f));
            old += a.Count;
            now += b.Count;
        }

        log.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"on {Math.Min(ComparedPictures, pictures.Count)} of the images: {old} faces with floats, {now} in 8 "
            + $"bits, {common} the same; measure both with 'faceloupe evaluate' before shipping"));
    }
}
