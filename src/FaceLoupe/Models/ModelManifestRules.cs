using System.Globalization;
using FaceLoupe.Validation;

namespace FaceLoupe.Models;

/// <summary>The rules of a manifest, all checked at once so that one message has every fault.</summary>
internal static class ModelManifestRules
{
    // Three channels of more pixels do not fit into an array.
    private const int LargestTile = 26_754;

    /// <summary>The faults of a manifest, each a clause without a full stop; empty when it is sound.</summary>
    public static IReadOnlyList<string> Faults(ModelManifest manifest) =>
    [
        .. OptionTree.Missing(manifest, ModelManifestFile.Options)
            .Concat(OptionTree.Refused(manifest, ModelManifestFile.Options)).Select(fault => fault.ToString()),
        .. Together(manifest).Where(rule => rule.Wrong).Select(rule => rule.Fault),
    ];

    // Rules that no data annotation of one property can express.
    private static IEnumerable<(bool Wrong, string Fault)> Together(ModelManifest manifest)
    {
        var (proposals, generator, discriminator, detection) =
            (manifest.Proposals, manifest.Generator, manifest.Discriminator, manifest.Detection);
        return
        [
            (!DateTimeOffset.TryParse(manifest.Created, CultureInfo.InvariantCulture, out _),
                $"created is '{manifest.Created}', not an ISO date"),
            .. OfFile("proposals", proposals.File, proposals.Sha256),
            .. OfFile("generator", generator.File, generator.Sha256),
            .. OfFile("discriminator", discriminator.File, discriminator.Sha256),
            (!proposals.InputShape.SequenceEqual([-1, 3, -1, -1]), "proposals.inputShape must be [-1, 3, -1, -1]"),
            .. proposals.Branches.Select((branch, i) => (
                branch is { Stride: > 0 } && proposals.SizeMultiple > 0 && proposals.SizeMultiple % branch.Stride != 0,
                $"proposals.branches[{i}].stride is {branch?.Stride}, not a divisor of sizeMultiple "
                    + $"{proposals.SizeMultiple}")),
            (generator.HighResolution != 4L * generator.LowResolution,
                $"generator.highResolution is {generator.HighResolution}, not 4 x lowResolution "
                    + $"{generator.LowResolution}"),
            (discriminator.HighResolution != generator.HighResolution,
                $"discriminator.highResolution is {discriminator.HighResolution}, not the generator's "
                    + $"{generator.HighResolution}"),
            (manifest.Preprocessing != new PreprocessingSection(),
                "preprocessing must be channels RGB, mean 127.5, scale 127.5, layout NCHW"),
            .. OfContext(manifest.Context.BySize),
            .. OfDetection(detection, proposals.SizeMultiple),
            (discriminator.Landmarks is null
                && (detection.Fusion.LandmarkWeight > 0 || detection.Fusion.Native?.LandmarkWeight > 0),
                "detection.fusion.landmarkWeight is above 0, but the discriminator has no landmarks"),
        ];
    }

    private static IEnumerable<(bool Wrong, string Fault)> OfContext(ContextBySizeSection? bySize)
    {
        if (bySize is not null)
        {
            yield return (
                !(bySize.From > 0 && bySize.From < bySize.To && float.IsFinite(bySize.To)
                    && bySize.Factor is >= 1 and <= 16),
                "context.bySize needs 0 < from < to and a factor from 1 to 16, but says "
                + FormattableString.Invariant($"from {bySize.From}, to {bySize.To}, factor {bySize.Factor}"));
        }
    }

    private static IEnumerable<(bool Wrong, string Fault)> OfDetection(DetectionSection section, int sizeMultiple)
    {
        var mostAround = section.TileSize - (2L * sizeMultiple);
        foreach (var (step, key) in section.Scales.Select((step, i) => (step, $"detection.scales[{i}]")))
        {
            yield return (step?.MaxFace is { } max && !(max > step.MinFace), $"{key}.maxFace is not above its minFace");
            yield return (IsTooWide(step?.Mirror, mostAround), Margin($"{key}.mirror", step?.Mirror, mostAround));
            yield return (IsTooWide(step?.Focus, mostAround), Margin($"{key}.focus", step?.Focus, mostAround));
            yield return (step?.Focus is not null && !section.Scales.Any(other => other?.Factor < step.Factor),
                $"{key}.focus has no scale with a smaller factor to go by");
        }

        yield return (section.TileSize < section.TileOverlap + (2L * sizeMultiple),
            $"detection.tileSize is {section.TileSize}, below tileOverlap {section.TileOverlap} + 2 x {sizeMultiple}");
        yield return (section.TileSize > LargestTile,
            $"detection.tileSize is {section.TileSize}, above {LargestTile}: its pixels do not fit into an array");
        yield return (section.Stage2Band is { } band && band.High < band.Low, "detection.doubt.high is below its low");
        yield return (section.Fusion.Native?.Native is not null, "detection.fusion.native has a native of its own");
        foreach (var fault in OfPoints("detection.operatingPoints", section.OperatingPoints)
            .Concat(OfPoints("detection.maskingPoints", section.MaskingPoints)))
        {
            yield return fault;
        }
    }

    private static bool IsTooWide(FocusSection? focus, long mostAround) =>
        focus is not null && (focus.Margin < 0 || 2L * focus.Margin > mostAround);

    private static string Margin(string key, FocusSection? focus, long mostAround) =>
        $"{key}.margin is {focus?.Margin}, not from 0 to what tiles have room for, {mostAround / 2}";

    private static IEnumerable<(bool Wrong, string Fault)> OfPoints(
        string list, IReadOnlyList<OperatingPoint> points) =>
        points.Zip(points.Skip(1)).SelectMany((pair, i) => new[]
        {
            (pair.Second?.Recall <= pair.First?.Recall, $"{list}[{i + 1}].recall is not above the one before it"),
            (pair.Second?.Threshold > pair.First?.Threshold,
                $"{list}[{i + 1}].threshold is above the one before it"),
        });

    // A bare name: a bundle must not reach outside its folder.
    private static IEnumerable<(bool Wrong, string Fault)> OfFile(string key, string file, string sha256) =>
    [
        (string.IsNullOrWhiteSpace(file) || file.AsSpan().ContainsAny('/', '\\', ':') || file is "." or "..",
            $"{key}.file is '{file}', not a bare file name"),
        (sha256.Length != 64 || !sha256.All(char.IsAsciiHexDigit), $"{key}.sha256 is not 64 hexadecimal digits"),
    ];
}
