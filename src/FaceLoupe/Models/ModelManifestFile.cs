using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using FaceLoupe.Storage;

namespace FaceLoupe.Models;

/// <summary>Reads and writes <c>model.json</c>. Keys are camelCase; unknown and double keys are refused.</summary>
public static class ModelManifestFile
{
    /// <summary>Name of the manifest within a bundle's folder.</summary>
    public const string FileName = "model.json";

    internal static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    /// <summary>Reads and validates a manifest.</summary>
    /// <param name="path">The file, normally <c>FOLDER/model.json</c>.</param>
    /// <exception cref="FaceLoupeException">The file cannot be read or is invalid: all faults in one line.</exception>
    public static ModelManifest Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            return Parse(InputFile.ReadAllText(path), path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new FaceLoupeException($"{path}: the model manifest cannot be read: {OneLine(fault.Message)}", fault);
        }
    }

    /// <summary>Parses and validates the text of a manifest.</summary>
    /// <param name="json">The text.</param>
    /// <param name="name">What to call it in messages, such as its path.</param>
    /// <exception cref="FaceLoupeException">Not a manifest of this format: all faults in one line.</exception>
    public static ModelManifest Parse(string json, string name)
    {
        ModelManifest? manifest;
        try
        {
            RefuseOtherFormats(json, name);
            manifest = JsonSerializer.Deserialize<ModelManifest>(json, Options);
        }
        catch (JsonException fault)
        {
            throw new FaceLoupeException($"{name}: not a model manifest: {OneLine(fault.Message)}", fault);
        }
        catch (ArgumentException fault)
        {
            // The exception for a duplicate key.
            throw new FaceLoupeException($"{name}: not a model manifest: a key occurs twice.", fault);
        }

        if (manifest is null)
        {
            throw new FaceLoupeException($"{name}: not a model manifest: it is null.");
        }

        ThrowOnFaults(manifest, name);
        return manifest;
    }

    /// <summary>The text of a manifest, indented.</summary>
    /// <exception cref="FaceLoupeException">The manifest is invalid: all faults in one line.</exception>
    public static string Format(ModelManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ThrowOnFaults(manifest, manifest.Name);
        return JsonSerializer.Serialize(manifest, Options) + "\n";
    }

    /// <summary>Validates and writes a manifest, under a temporary name first.</summary>
    /// <exception cref="FaceLoupeException">The manifest says something impossible: all faults in one line.</exception>
    public static void Write(ModelManifest manifest, string path) => AtomicFile.WriteAllText(path, Format(manifest));

    // Before anything else: a manifest of another version has other keys, and "unknown key" would hide the true reason.
    private static void RefuseOtherFormats(string json, string name)
    {
        using var document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("formatVersion", out var value)
            && value.ValueKind == JsonValueKind.Number
            && !(value.TryGetInt32(out var version) && version == ModelManifest.CurrentFormatVersion))
        {
            throw new FaceLoupeException(
                $"{name}: model format version {value.GetRawText()}, but this program reads version "
                + $"{ModelManifest.CurrentFormatVersion}. Use the program that wrote it, or export the model again.");
        }
    }

    private static void ThrowOnFaults(ModelManifest manifest, string name)
    {
        var faults = ModelManifestRules.Faults(manifest);
        if (faults.Count > 0)
        {
            throw new FaceLoupeException($"{name}: not a valid model manifest: {string.Join("; ", faults)}.");
        }
    }

    private static string OneLine(string message) => message.ReplaceLineEndings(" ");
}
