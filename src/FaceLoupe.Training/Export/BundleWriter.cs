using FaceLoupe.Models;

namespace FaceLoupe.Training.Export;

/// <summary>
/// Writes a model folder: three networks and the <c>model.json</c> with their hashes. An existing model is replaced
/// only after the new one could be opened; other files, such as a model card, are kept.
/// </summary>
internal static class BundleWriter
{
    /// <summary>Placeholder for the hashes of a manifest.</summary>
    public const string UnknownSha256 = "0000000000000000000000000000000000000000000000000000000000000000";

    /// <summary>The name of a model: that of its folder.</summary>
    public static string NameOf(string folder) =>
        Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));

    /// <summary>Writes the bundle and returns the manifest with the hashes in it.</summary>
    /// <param name="folder">The model's folder, such as <c>models/full</c>.</param>
    /// <param name="manifest">The manifest, whose hashes are replaced.</param>
    /// <param name="proposals">The proposal network's ONNX file.</param>
    /// <param name="generator">The generator's.</param>
    /// <param name="discriminator">The discriminator's.</param>
    public static ModelManifest Write(
        string folder, ModelManifest manifest, byte[] proposals, byte[] generator, byte[] discriminator)
    {
        var hashed = manifest with
        {
            Proposals = manifest.Proposals with { Sha256 = ModelBundle.Sha256(proposals) },
            Generator = manifest.Generator with { Sha256 = ModelBundle.Sha256(generator) },
            Discriminator = manifest.Discriminator with { Sha256 = ModelBundle.Sha256(discriminator) },
        };
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var staging = $"{target}.{Guid.NewGuid():N}.tmp";
        try
        {
            Stage(staging, hashed, proposals, generator, discriminator);
            Directory.CreateDirectory(target);

            // The manifest last: until then, the hashes of an old one do not match and it is refused.
            foreach (var file in Directory.GetFiles(staging).OrderBy(
                path => Path.GetFileName(path) == ModelManifestFile.FileName))
            {
                File.Move(file, Path.Combine(target, Path.GetFileName(file)), overwrite: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FaceLoupeException(
                $"{folder}: the model cannot be written: {e.Message.ReplaceLineEndings(" ")}", e);
        }
        finally
        {
            if (Directory.Exists(staging))
            {
                Directory.Delete(staging, recursive: true);
            }
        }

        return hashed;
    }

    private static void Stage(
        string staging, ModelManifest manifest, byte[] proposals, byte[] generator, byte[] discriminator)
    {
        Directory.CreateDirectory(staging);
        File.WriteAllBytes(Path.Combine(staging, manifest.Proposals.File), proposals);
        File.WriteAllBytes(Path.Combine(staging, manifest.Generator.File), generator);
        File.WriteAllBytes(Path.Combine(staging, manifest.Discriminator.File), discriminator);
        ModelManifestFile.Write(manifest, Path.Combine(staging, ModelManifestFile.FileName));
        ModelBundle.Open(staging).Dispose();
    }
}
