using System.Globalization;
using System.Security.Cryptography;
using FaceLoupe.Storage;

namespace FaceLoupe.Models;

/// <summary>
/// A model in memory: the three networks of a folder with a <c>model.json</c>, hashes and shapes checked. Thread-safe;
/// dispose it after all detectors that use it.
/// </summary>
public sealed class ModelBundle : IDisposable
{
    /// <summary>Name of the model that ships with FaceLoupe and is used unless another is named.</summary>
    public const string DefaultName = "full-int8";

    private readonly Lazy<OnnxModel>? _singleProposals;

    private ModelBundle(
        string folder,
        ModelManifest manifest,
        OnnxModel proposals,
        OnnxModel generator,
        OnnxModel discriminator,
        int threads,
        Lazy<OnnxModel>? singleProposals)
    {
        Threads = threads;
        Folder = folder;
        Manifest = manifest;
        Proposals = proposals;
        Generator = generator;
        Discriminator = discriminator;
        _singleProposals = singleProposals;
    }

    /// <summary>The folder it was opened from.</summary>
    public string Folder { get; }

    /// <summary>The content of its <c>model.json</c>.</summary>
    public ModelManifest Manifest { get; }

    /// <summary>Why the networks do not run on the requested device, in one line; null: they do.</summary>
    public string? DeviceNote => Proposals.DeviceNote ?? Generator.DeviceNote ?? Discriminator.DeviceNote;

    /// <summary>Why this model runs, in a few words: requested, or the default for this processor.</summary>
    public string Reason { get; private set; } = "asked for";

    /// <summary>
    /// Why another model than the requested one runs, in one line: its 8-bit results are wrong on this processor. Null:
    /// the requested one runs.
    /// </summary>
    public string? ModelNote { get; private set; }

    /// <summary>Threads for one run of a network, and for what surrounds it; 0: one per core.</summary>
    internal int Threads { get; }

    /// <summary>
    /// The proposal network for parallel runs of one thread each; null: there is only one thread, or another device.
    /// </summary>
    internal OnnxModel? SingleProposals => _singleProposals?.Value;

    internal OnnxModel Proposals { get; }

    internal OnnxModel Generator { get; }

    internal OnnxModel Discriminator { get; }

    /// <summary>Opens a bundle and checks everything that can be checked before the first image.</summary>
    /// <param name="folder">
    /// The folder that holds <c>model.json</c>, or the name of a model that comes with FaceLoupe, see
    /// <see cref="FindFolder"/>; null: the default model.
    /// </param>
    /// <param name="threads">Threads for one run of a network; 0 (the default): one per core.</param>
    /// <param name="device">
    /// What the networks run on. Default: the CPU, which is also used if the device is not available; then
    /// <see cref="DeviceNote"/> says why.
    /// </param>
    /// <exception cref="FaceLoupeException">
    /// The folder, its manifest or a network is missing, altered or inconsistent; the application lacks the native
    /// library of ONNX Runtime or Skia for this platform; or the processor is too old, or its 8-bit results are wrong
    /// and there is no float model.
    /// </exception>
    public static ModelBundle Open(string? folder = null, int threads = 0, Device device = Device.Cpu)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        ProcessorFeatures.Current.Check();
        NativeLibraries.Check();
        var reason = "asked for";
        if (folder is null)
        {
            (folder, reason) = DefaultModel.Choose(
                ProcessorFeatures.Current, ExecutionProvider.IsAvailable(device) ? device : Device.Cpu, FindFolder);
            folder ??= FindDefaultFolder();
        }
        else if (!Directory.Exists(folder))
        {
            folder = FindFolder(folder) ?? folder;
        }

        var bundle = OpenFolder(folder, threads, device);
        bundle.Reason = reason;
        return bundle.KernelFault() is { } fault ? bundle.GiveWay(fault, device) : bundle;
    }

    /// <summary>
    /// The largest error of the 8-bit results, and the output with it; null: the model has no golden outputs, or does
    /// not run on the CPU.
    /// </summary>
    internal (double Error, string Output)? GoldenError() =>
        Proposals.OnProcessor && GoldenOutputs.Read(Folder) is { } golden
            ? golden.Compare(GoldenOutputs.Measure(this, null))
            : null;

    private string? KernelFault() => GoldenError() is { } found && found.Error > GoldenOutputs.MostError
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"{Manifest.Name}: wrong results in 8 bits on this processor ({ProcessorFeatures.Current}): "
            + $"output {found.Output} is off by {found.Error:0.00}, at most {GoldenOutputs.MostError:0.00} is "
            + $"rounding.")
        : null;

    // Replaces a model whose kernels are wrong by its float model.
    private ModelBundle GiveWay(string fault, Device device)
    {
        using (this)
        {
            if (GoldenOutputs.Read(Folder)?.Floats is { } floats && FloatsBeside(floats) is { } folder)
            {
                var other = OpenFolder(folder, Threads, device);
                other.Reason = $"in place of {Manifest.Name}, which errs on this processor";
                other.ModelNote = $"{fault} {other.Manifest.Name}, with floats, takes over.";
                return other;
            }

            throw new FaceLoupeException(
                $"{fault} Give a model with floats by its folder, such as models/{DefaultModel.FloatName}.");
        }
    }

    private string? FloatsBeside(string name) =>
        Path.GetFileName(name) == name && Path.Combine(Folder, "..", name) is var beside && HoldsModel(beside)
            ? Path.GetFullPath(beside)
            : FindFolder(name);

    private static ModelBundle OpenFolder(string folder, int threads, Device device)
    {
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
            var (bytes, name) = Read(folder, manifest.Proposals.File, manifest.Proposals.Sha256);
            proposals = OnnxModel.Load(bytes, name, threads, device);
            NetworkShapes.Check(proposals, manifest.Proposals);
            generator = Load(folder, manifest.Generator.File, manifest.Generator.Sha256, threads, device);
            NetworkShapes.Check(generator, manifest.Generator);
            discriminator = Load(
                folder, manifest.Discriminator.File, manifest.Discriminator.Sha256, threads, device);
            NetworkShapes.Check(discriminator, manifest.Discriminator);
            var single = (threads == 0 ? ProcessorCores.Count : threads) > 1 && proposals.OnProcessor
                ? new Lazy<OnnxModel>(() => OnnxModel.Load(bytes, name, threads: 1))
                : null;
            return new ModelBundle(folder, manifest, proposals, generator, discriminator, threads, single);
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
        if (_singleProposals is { IsValueCreated: true })
        {
            _singleProposals.Value.Dispose();
        }
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

    /// <summary>
    /// Gives memory that large images needed back to the system, which takes three runs on small inputs. For programs
    /// that wait a long time for the next image; the next large one needs a little longer.
    /// </summary>
    public void ReturnMemory()
    {
        Proposals.ReturnMemory();
        if (_singleProposals is { IsValueCreated: true })
        {
            _singleProposals.Value.ReturnMemory();
        }

        Generator.ReturnMemory();
        Discriminator.ReturnMemory();
        FreedMemory.Return();
    }

    private static OnnxModel Load(string folder, string file, string sha256, int threads, Device device)
    {
        var (bytes, name) = Read(folder, file, sha256);
        return OnnxModel.Load(bytes, name, threads, device);
    }

    // The bytes that were hashed are the bytes that are run: the file is read once.
    private static (byte[] Bytes, string Name) Read(string folder, string file, string sha256)
    {
        var path = Path.Combine(folder, file);
        if (!File.Exists(path))
        {
            throw new FaceLoupeException(
                $"{path}: this network of the model is missing; fetch the model or export it again.");
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
                + $"{sha256[..12].ToLowerInvariant()}...); fetch the model or export it again.");
        }

        return (bytes, path);
    }
}
