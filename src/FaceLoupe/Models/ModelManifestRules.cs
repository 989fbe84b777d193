using System.Globalization;

namespace FaceLoupe.Models;

/// <summary>What must hold in a manifest, checked at once so that a person sees every fault in one message.</summary>
internal static class ModelManifestRules
{
    /// <summary>The faults of a manifest, each a clause without a full stop; empty when it is sound.</summary>
    public static IReadOnlyList<string> Faults(ModelManifest manifest)
    {
        var faults = new FaultList();
        faults.When(manifest.FormatVersion != ModelManifest.CurrentFormatVersion,
            $"formatVersion is {manifest.FormatVersion}, not {ModelManifest.CurrentFormatVersion}");
        faults.When(string.IsNullOrWhiteSpace(manifest.Name), "name is empty");
        faults.When(string.IsNullOrWhiteSpace(manifest.Version), "version is empty");
        faults.When(!DateTimeOffset.TryParse(manifest.Created, CultureInfo.InvariantCulture, out _),
            $"created is '{manifest.Created}', not an ISO date");
        Check(faults, manifest.Proposals);
        Check(faults, manifest.Generator);
        Check(faults, manifest.Discriminator, manifest.Generator.HighResolution);
        faults.When(manifest.Preprocessing != new PreprocessingSection(),
            "preprocessing must be channels RGB, mean 127.5, scale 127.5, layout NCHW");
        faults.When(!(manifest.Context.Factor is >= 1 and <= 16),
            $"context.factor is {Text(manifest.Context.Factor)}, not from 1 to 16");
        if (manifest.Context.BySize is { } bySize)
        {
            faults.When(
                !(bySize.From > 0 && bySize.From < bySize.To && float.IsFinite(bySize.To)
                    && bySize.Factor is >= 1 and <= 16),
                "context.bySize wants 0 < from < to and a factor from 1 to 16, but says "
                + $"from {Text(bySize.From)}, to {Text(bySize.To)}, factor {Text(bySize.Factor)}");
        }

        faults.When(manifest.Context.RouteAbove is <= 0 or float.NaN,
            $"context.routeAbove is {Text(manifest.Context.RouteAbove ?? 0)}, not above 0");
        Check(faults, manifest.Detection, manifest.Proposals.SizeMultiple);
        faults.When(
            manifest.Discriminator.Landmarks is null
            && (manifest.Detection.Fusion.LandmarkWeight > 0 || manifest.Detection.Fusion.Native?.LandmarkWeight > 0),
            "detection.fusion.landmarkWeight is above 0, but the discriminator has no landmarks");
        return faults.All;
    }

    private static void Check(FaultList faults, ProposalSection section)
    {
        CheckFile(faults, "proposals", section.File, section.Sha256);
        CheckName(faults, "proposals.input", section.Input);
        faults.When(!section.InputShape.SequenceEqual([-1, 3, -1, -1]), "proposals.inputShape must be [-1, 3, -1, -1]");
        faults.When(section.SizeMultiple < 1, $"proposals.sizeMultiple is {section.SizeMultiple}, not at least 1");
        faults.When(section.Branches.Count == 0, "proposals.branches is empty");
        for (var i = 0; i < section.Branches.Count; i++)
        {
            // JSON may say null where no key is missing.
            if (section.Branches[i] is not { } branch)
            {
                faults.When(true, $"proposals.branches[{i}] is null");
                continue;
            }

            CheckName(faults, $"proposals.branches[{i}].scores", branch.Scores);
            CheckName(faults, $"proposals.branches[{i}].deltas", branch.Deltas);
            faults.When(
                branch.Stride < 1 || (section.SizeMultiple > 0 && section.SizeMultiple % branch.Stride != 0),
                $"proposals.branches[{i}].stride is {branch.Stride}, not a divisor of sizeMultiple "
                + $"{section.SizeMultiple}");
            faults.When(branch.AnchorSizes is [] || !branch.AnchorSizes.All(size => size > 0 && float.IsFinite(size)),
                $"proposals.branches[{i}].anchorSizes must be one or more numbers above 0");
        }
    }

    private static void Check(FaultList faults, GeneratorSection section)
    {
        CheckFile(faults, "generator", section.File, section.Sha256);
        CheckName(faults, "generator.input", section.Input);
        CheckName(faults, "generator.output", section.Output);
        CheckName(faults, "generator.upsampledOutput", section.UpsampledOutput);
        faults.When(section.LowResolution < 1, $"generator.lowResolution is {section.LowResolution}, not at least 1");
        faults.When(section.HighResolution != 4L * section.LowResolution,
            $"generator.highResolution is {section.HighResolution}, not 4 x lowResolution {section.LowResolution}");
    }

    private static void Check(FaultList faults, DiscriminatorSection section, int generatedResolution)
    {
        CheckFile(faults, "discriminator", section.File, section.Sha256);
        CheckName(faults, "discriminator.input", section.Input);
        CheckName(faults, "discriminator.real", section.Real);
        CheckName(faults, "discriminator.face", section.Face);
        CheckName(faults, "discriminator.delta", section.Delta);
        CheckName(faults, "discriminator.landmarks", section.Landmarks ?? "none");
        faults.When(section.HighResolution != generatedResolution,
            $"discriminator.highResolution is {section.HighResolution}, not the generator's {generatedResolution}");
    }

    private static void Check(FaultList faults, DetectionSection section, int sizeMultiple)
    {
        faults.When(section.Scales.Count == 0, "detection.scales is empty");
        for (var i = 0; i < section.Scales.Count; i++)
        {
            if (section.Scales[i] is not { } step)
            {
                faults.When(true, $"detection.scales[{i}] is null");
                continue;
            }

            faults.When(!(step.Factor is > 0 and <= 16),
                $"detection.scales[{i}].factor is {Text(step.Factor)}, not above 0 and up to 16");
            faults.When(!(step.MinFace >= 0), $"detection.scales[{i}].minFace is {Text(step.MinFace)}, not at least 0");
            faults.When(step.MaxFace is { } max && !(max > step.MinFace),
                $"detection.scales[{i}].maxFace is not above its minFace");
            if (step.Mirror is { } mirror)
            {
                Check(faults, $"detection.scales[{i}].mirror", mirror, section.TileSize - (2L * sizeMultiple));
            }

            if (step.Focus is { } focus)
            {
                Check(faults, $"detection.scales[{i}].focus", focus, section.TileSize - (2L * sizeMultiple));
                faults.When(!section.Scales.Any(other => other?.Factor < step.Factor),
                    $"detection.scales[{i}].focus has no scale with a smaller factor to go by");
            }
        }

        faults.When(section.TileOverlap < 0, $"detection.tileOverlap is {section.TileOverlap}, not at least 0");
        faults.When(section.TileSize < section.TileOverlap + (2L * sizeMultiple),
            $"detection.tileSize is {section.TileSize}, below tileOverlap {section.TileOverlap} + 2 x {sizeMultiple}");
        faults.When(section.MaxProposals < 1, $"detection.maxProposals is {section.MaxProposals}, not at least 1");
        CheckShare(faults, "detection.proposalThreshold", section.ProposalThreshold);
        CheckShare(faults, "detection.proposalNms", section.ProposalNms);
        CheckShare(faults, "detection.proposalVote", section.ProposalVote ?? 0);
        CheckShare(faults, "detection.partWithin", section.PartWithin ?? 0);
        if (section.Averaging is { } averaging)
        {
            CheckShare(faults, "detection.averaging.iou", averaging.IoU);
            faults.When(!(averaging.Fade >= 0) || !float.IsFinite(averaging.Fade + averaging.Absent),
                "detection.averaging needs a fade of at least 0 and a finite absent");
        }

        CheckShare(faults, "detection.finalNms", section.FinalNms);
        CheckShare(faults, "detection.threshold", section.Threshold);
        if (section.Doubt is { } doubt)
        {
            CheckShare(faults, "detection.doubt.low", doubt.Low);
            CheckShare(faults, "detection.doubt.high", doubt.High);
            faults.When(doubt.High < doubt.Low, "detection.doubt.high is below its low");
            faults.When(!(doubt.Slope >= 0) || !float.IsFinite(doubt.Slope + doubt.Offset),
                "detection.doubt needs a slope of at least 0 and a finite offset");
        }

        Check(faults, "detection.fusion", section.Fusion);
        if (section.Fusion.Native is { } native)
        {
            Check(faults, "detection.fusion.native", native);
            faults.When(native.Native is not null, "detection.fusion.native has a native of its own");
        }

        Check(faults, "detection.operatingPoints", section.OperatingPoints);
        Check(faults, "detection.maskingPoints", section.MaskingPoints);
    }

    private static void Check(FaultList faults, string key, FocusSection focus, long mostAround)
    {
        CheckShare(faults, $"{key}.threshold", focus.Threshold);
        CheckShare(faults, $"{key}.sure", focus.Sure);
        faults.When(!(focus.SureFace >= 0), $"{key}.sureFace is {Text(focus.SureFace)}, not at least 0");
        faults.When(focus.Margin < 0 || 2L * focus.Margin > mostAround,
            $"{key}.margin is {focus.Margin}, not from 0 to what tiles have room for, {mostAround / 2}");
    }

    private static void Check(FaultList faults, string key, FusionSection fusion)
    {
        faults.When(!float.IsFinite(fusion.Stage1Weight + fusion.Stage2Weight + fusion.Bias),
            $"{key} holds a number that is not finite");
        CheckShare(faults, $"{key}.shiftWeight", fusion.ShiftWeight);
        faults.When(!(fusion.LandmarkWeight >= 0 && float.IsFinite(fusion.LandmarkWeight)),
            $"{key}.landmarkWeight is {Text(fusion.LandmarkWeight)}, not at least 0");
    }

    private static void Check(FaultList faults, string list, IReadOnlyList<OperatingPoint> points)
    {
        OperatingPoint? before = null;
        for (var i = 0; i < points.Count; i++)
        {
            var key = $"{list}[{i}]";
            if (points[i] is not { } point)
            {
                faults.When(true, $"{key} is null");
                continue;
            }

            CheckShare(faults, $"{key}.recall", point.Recall);
            CheckShare(faults, $"{key}.threshold", point.Threshold);
            faults.When(!(point.FalseAlarmsPerPicture >= 0 && float.IsFinite(point.FalseAlarmsPerPicture)),
                $"{key}.falseAlarmsPerPicture is {Text(point.FalseAlarmsPerPicture)}, not at least 0");
            faults.When(point.Recall <= before?.Recall, $"{key}.recall is not above the one before it");
            faults.When(point.Threshold > before?.Threshold, $"{key}.threshold is above the one before it");
            before = point;
        }
    }

    private static void CheckShare(FaultList faults, string key, float value) =>
        faults.When(!(value is >= 0 and <= 1), $"{key} is {Text(value)}, not from 0 to 1");

    private static void CheckName(FaultList faults, string key, string value) =>
        faults.When(string.IsNullOrWhiteSpace(value), $"{key} is empty");

    // A bare name: a bundle must not reach outside its folder.
    private static void CheckFile(FaultList faults, string key, string file, string sha256)
    {
        faults.When(string.IsNullOrWhiteSpace(file) || file.AsSpan().ContainsAny('/', '\\', ':') || file is "." or "..",
            $"{key}.file is '{file}', not a bare file name");
        faults.When(sha256.Length != 64 || !sha256.All(char.IsAsciiHexDigit),
            $"{key}.sha256 is not 64 hexadecimal digits");
    }

    private static string Text(float value) => value.ToString(CultureInfo.InvariantCulture);

    private sealed class FaultList
    {
        public List<string> All { get; } = [];

        public void When(bool wrong, string fault)
        {
            if (wrong)
            {
                All.Add(fault);
            }
        }
    }
}
