using System.Security.Cryptography;
using FaceLoupe.Storage;

namespace FaceLoupe.Models;

/// <summary>
/// A model in memory: the three networks of a folder with a <c>model.json</c>, hashes and shapes checked.
/// Safe to use from many threads; dispose it when no detector uses it any more.
/// </summary>
public sealed class ModelBundle : IDisposable
{
    /// <summary>Name of the model that ships with FaceLoupe and is used unless another is named.</summary>
    public const string DefaultName = "full-int8";

    private ModelBundle(
        string folder, ModelManifest manifest, OnnxModel proposals, OnnxModel generator, OnnxModel discriminator, int threads)
    {
        Threads = threads;
        Folder = folder;
        Manifest = manifest;
        Proposals = proposals;
        Generator = generator;
        Discriminator = discriminator;
    }

    /// <summary>The folder it was opened from.</summary>
    public string Folder { get; }

    /// <summary>What its <c>model.json</c> says.</summary>
    public ModelManifest Manifest { get; }

    /// <summary>One line on why the networks do not run on the device asked for; null: they do.</summary>
    public string? DeviceNote => Proposals.DeviceNote ?? Generator.DeviceNote ?? Discriminator.DeviceNote;

    /// <summary>Threads for one run of a network, and for what surrounds it; 0: one per core.</summary>
    internal int Threads { get; }

    internal OnnxModel Proposals { get; }

    internal OnnxModel Generator { get; }

    internal OnnxModel Discriminator { get; }

    /// <summary>Opens a bundle and checks everything that can be checked before the first picture.</summary>
    /// <param name="folder">
    /// The folder that holds <c>model.json</c>, or the name of a model that comes with FaceLoupe, see
    /// <see cref="FindFolder"/>; null: the default model.
    /// </param>
    /// <param name="threads">Threads for one run of a network; 0 (the default): one per core.</param>
    /// <param name="device">
    /// What the networks run on. Default: the processor, which also takes over where the device is not available; then
    /// <see cref="DeviceNote"/> says why.
    /// </param>
    /// <exception cref="FaceLoupeException">
    /// The folder, its manifest or a network is missing, altered since the manifest was written, or does not fit it; or
    /// the application refers to no native library of ONNX Runtime or Skia for this platform.
    /// </exception>
    public static ModelBundle Open(string? folder = null, int threads = 0, Device device = Device.Cpu)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        NativeLibraries.Check();
        folder = folder is null ? FindDefaultFolder() : Directory.Exists(folder) ? folder : FindFolder(folder) ?? folder;
        var manifestPath = Path.Combine(folder, ModelManifestFile.FileName);
        if (!File.Exists(manifestPath))
        {
            throw new FaceLoupeException(Directory.Exists(folder)
                ? $"{folder}: holds no {ModelManifestFile.FileName}; give the folder of an exported model."
                : $"{folder}: there is no such model folder; give the folder of an exported model{NamesFound()}.");
        }

        var manifest = ModelManifestFile.Read(manifestPath);
        OnnxModel? proposals = null, generator = null, discriminator = null;
        try
        {
            proposals = Load(folder, manifest.Proposals.File, manifest.Proposals.Sha256, threads, device);
            NetworkShapes.Check(proposals, manifest.Proposals);
            generator = Load(folder, manifest.Generator.File, manifest.Generator.Sha256, threads, device);
            NetworkShapes.Check(generator, manifest.Generator);
            discriminator = Load(
                folder, manifest.Discriminator.File, manifest.Discriminator.Sha256, threads, device);
            NetworkShapes.Check(discriminator, manifest.Discriminator);
            return new ModelBundle(folder, manifest, proposals, generator, discriminator, threads);
        }
        catch
        {
            proposals?.Dispose();
            generator?.Dispose();
            discriminator?.Dispose();
            throw;
        }
    }

    /// <summary>Finds the model of <see cref="DefaultName"/> where <see cref="FindFolder"/> looks.</summary>
    /// <exception cref="FaceLoupeException">It is in none of these places.</exception>
    public static string FindDefaultFolder() => FindFolder(DefaultName) ?? throw new FaceLoupeException(
        $"The default model 'models/{DefaultName}' is neither next to the program nor above the current folder: "
        + "refer to the package FaceLoupe.Model, or give a model folder.");

    /// <summary>
    /// Finds <c>models/NAME</c> next to the program, then above it, then in the current folder and above it; null: it
    /// is in none of these places, or the name is a path.
    /// </summary>
    /// <param name="name">Such as <c>full</c>.</param>
    public static string? FindFolder(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name is "" or "." or ".." || name != Path.GetFileName(name)
            ? null
            : ModelFolders().Select(models => Path.Combine(models, name)).FirstOrDefault(HoldsModel);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Proposals.Dispose();
        Generator.Dispose();
        Discriminator.Dispose();
    }

    private static IEnumerable<string> ModelFolders()
    {
        foreach (var start in new[] { AppContext.BaseDirectory, Directory.GetCurrentDirectory() })
        {
            for (var place = new DirectoryInfo(start); place is not null; place = place.Parent)
            {
                yield return Path.Combine(place.FullName, "models");
            }
        }
    }

    private static bool HoldsModel(string folder) => File.Exists(Path.Combine(folder, ModelManifestFile.FileName));

    private static string NamesFound()
    {
        var names = ModelFolders().Where(Directory.Exists).SelectMany(Directory.GetDirectories).Where(HoldsModel)
            .Select(folder => Path.GetFileName(folder)).Distinct().Order(StringComparer.Ordinal).ToArray();
        return names.Length == 0 ? string.Empty : $", or the name of one that is there: {string.Join(", ", names)}";
    }

    /// <summary>SHA-256 of a file's bytes as it stands in a manifest: 64 lower-case hexadecimal digits.</summary>
    internal static string Sha256(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    // The bytes that were hashed are the bytes that are run: the file is read once.
    /// <summary>
    /// Gives memory that large pictures needed back to the system, which takes three runs on small inputs. For programs
    /// that wait a long time for the next picture; the next large one needs a little longer.
    /// </summary>
    public void ReturnMemory()
    {
        Proposals.ReturnMemory();
        Generator.ReturnMemory();
        Discriminator.ReturnMemory();
        FreedMemory.Return();
    }

    private static OnnxModel Load(string folder, string file, string sha256, int threads, Device device)
    {
        var path = Path.Combine(folder, file);
        if (!File.Exists(path))
        {
            throw new FaceLoupeException(
                $"{path}: this network of the model is missing; fetch the model again or export it anew.");
        }

        byte[] bytes;
        try
        {
            bytes = InputFile.ReadAllBytes(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new FaceLoupeException($"{path}: the network cannot be read: {fault.Message}", fault);
        }

        var actual = Sha256(bytes);
        if (!actual.Equals(sha256, StringComparison.OrdinalIgnoreCase))
        {
            throw new FaceLoupeException(
                $"{path}: not the network that the manifest names (SHA-256 {actual[..12]}... instead of "
                + $"{sha256[..12].ToLowerInvariant()}...); fetch the model again or export it anew.");
        }

        return OnnxModel.Load(bytes, path, threads, device);
    }
}
