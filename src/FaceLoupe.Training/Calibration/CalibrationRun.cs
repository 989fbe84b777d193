using System.Globalization;
using FaceLoupe.Datasets;
using FaceLoupe.Evaluation;
using FaceLoupe.Models;
using FaceLoupe.Storage;
using FaceLoupe.Training.Runs;

namespace FaceLoupe.Training.Calibration;

/// <summary>
/// Fits what a model's manifest says about its scores: how both stages are fused, that 0.5 means half of the boxes are
/// faces, the threshold with the best F1, and the thresholds that find a wanted share of all faces.
/// </summary>
/// <param name="Model">Folder of the model; its manifest is rewritten.</param>
/// <param name="Folders">Annotated folders, none of which was trained on.</param>
/// <param name="ProposalThreshold">Lowest stage 1 score of a candidate, 0 to 1.</param>
/// <param name="BandLow">
/// Lower end of the stage-2 score band, 0 to 1: below, hundreds of RoIs would be run in vain.
/// </param>
/// <param name="BandHigh">Upper end of the stage-2 score band, 0 to 1: above, both stages agree.</param>
/// <param name="Recalls">Shares of the faces to find thresholds for.</param>
/// <param name="Hidden">Shares of the faces that masks are to hide, to find thresholds for.</param>
/// <param name="Threads">Threads of a run of a network; 0: one per core.</param>
/// <param name="KeepFusion">Keep the weights of the stages and fit the scale alone.</param>
/// <param name="Candidates">File for what both stages say of every candidate, as CSV; null for none.</param>
internal sealed record CalibrationRun(
    string Model, IReadOnlyList<string> Folders, float ProposalThreshold, float BandLow, float BandHigh,
    IReadOnlyList<double> Recalls, IReadOnlyList<double> Hidden, int Threads, bool KeepFusion =
        false, string? Candidates = null)
{
    /// <summary>Runs the model over the folders, fits, prints, and writes the manifest.</summary>
    public void Run(TextWriter output, CancellationToken cancellation)
    {
        Validate();
        using var bundle = ModelBundle.Open(Model, Threads);
        var sets = Folders.Select(folder => Collect(folder, bundle, cancellation)).ToArray();
        WriteCandidates(sets);
        var manifest = bundle.Manifest;
        var detection = Fit(sets, manifest.Detection, output);
        ModelManifestFile.Write(
            manifest with { Detection = detection }, Path.Combine(Model, ModelManifestFile.FileName));
        output.WriteLine($"{Model}: written");
    }

    /// <summary>The detection section with fusion, threshold and operating points fitted.</summary>
    public DetectionSection Fit(IReadOnlyList<CandidateSet> sets, DetectionSection detection, TextWriter output)
    {
        var band = Stage2Band(sets);
        sets = [.. sets.Select(set => set.Completed(band))];
        var search = new FusionSearch(sets, detection.FinalNms);
        var fusion = KeepFusion ? detection.Fusion : search.Run();
        EvaluatedPicture[] fused = [.. sets.SelectMany(set => set.Fuse(fusion, detection.FinalNms))];
        var matched = ScoreScale.Match(fused);
        var scale = ScoreScale.Fit(matched);
        fusion = scale.Apply(fusion);
        fused = [.. sets.SelectMany(set => set.Fuse(fusion, detection.FinalNms))];
        var measuredOn = string.Join(" + ", sets.Select(set => set.Name));
        var points = new OperatingPointFit(fused, measuredOn);
        var masks = new MaskingPointFit(fused, measuredOn);
        var result = detection with
        {
            ProposalThreshold = ProposalThreshold,
            Stage2Band = band,
            Fusion = fusion,
            Threshold = points.BestF1(),
            OperatingPoints = Points(Recalls, points.ForRecall, points.Ceiling),
            MaskingPoints = Points(Hidden, masks.ForRecall, masks.Ceiling),
        };

        foreach (var set in sets)
        {
            Report(output, set, "stage 1", null, detection.FinalNms);
            var stage2 = new FusionSection { Stage1Weight = 0, Stage2Weight = 1 };
            Report(output, set, "stage 2", stage2, detection.FinalNms);
            Report(output, set, "both", fusion, detection.FinalNms);
        }

        var reliability = Reliability.Of(ScoreScale.Match(fused));
        Line(output, $"fusion {Text(fusion)}; native {Text(fusion.Native ?? fusion)}");
        Line(output, $"threshold {result.Threshold:0.0000}; expected calibration error {reliability.Error:0.000}");
        foreach (var (score, right, boxes) in reliability.Bins)
        {
            Line(output, $"  score {score:0.000}: {right:0.000} of {boxes} boxes are right");
        }

        Report(output, "recall", result.OperatingPoints, "false alarms");
        Report(output, "hidden", result.MaskingPoints, "false-positive masks");
        return result;
    }

    private void WriteCandidates(IReadOnlyList<CandidateSet> sets)
    {
        if (Candidates is null)
        {
            return;
        }

        AtomicFile.Write(Candidates, stream =>
        {
            using var text = new StreamWriter(stream, leaveOpen: true);
            text.WriteLine(CandidateSet.Columns);
            foreach (var set in sets)
            {
                set.Write(text);
            }
        });
    }

    private void Validate()
    {
        if (ProposalThreshold is not (> 0 and < 1) || BandLow is not (>= 0 and < 1)
            || BandHigh is not (> 0 and <= 1)
            || BandLow >= BandHigh)
        {
            throw new FaceLoupeException(FormattableString.Invariant(
                $"--proposal-threshold {ProposalThreshold}, --band-low {BandLow}, --band-high {BandHigh}: ")
                + "give scores from 0 to 1, the first above 0 and the last above the second.");
        }

        RefuseUnlessShares("--recall", Recalls);
        RefuseUnlessShares("--hidden", Hidden);
    }

    private static void RefuseUnlessShares(string option, IReadOnlyList<double> shares)
    {
        if (shares.Any(share => share is not (> 0 and < 1)))
        {
            throw new FaceLoupeException(
                $"{option} {string.Join(' ', shares.Select(share => share.ToString(CultureInfo.InvariantCulture)))}: "
                    + "give shares between 0 and 1, such as 0.95.");
        }
    }

    // Stage 2 does not run outside the band, so its scores within have to do.
    private Stage2BandSection Stage2Band(IReadOnlyList<CandidateSet> sets)
    {
        var matched = sets.SelectMany(set => set.Stage2Pairs).ToArray();
        if (matched.Length < 2)
        {
            throw new FaceLoupeException(FormattableString.Invariant($"Stage 2 ran on only {matched.Length} RoIs; ")
                + "lower --band-low, raise --band-high or give more images.");
        }

        var (slope, offset) = LogitLine.Of(matched);
        return new Stage2BandSection { Low = BandLow, High = BandHigh, Slope = (float)slope, Offset = (float)offset };
    }

    // Where no score finds so many faces, the most that can be found is said instead.
    private static OperatingPoint[] Points(
        IReadOnlyList<double> shares, Func<double, OperatingPoint?> forRecall, double most)
    {
        var points = shares.Order().Select(forRecall).OfType<OperatingPoint>().ToList();
        var ceiling = (float)(Math.Floor(most * 1000) / 1000);
        if (points.Count < shares.Count && (points.Count == 0 || ceiling > points[^1].Recall)
            && forRecall(ceiling) is { } last)
        {
            points.Add(last);
        }

        return [.. points];
    }

    private CandidateSet Collect(string folder, ModelBundle bundle, CancellationToken cancellation)
    {
        var annotated = WiderFaceDataset.Open(folder);
        if (annotated.Pictures.Count == 0)
        {
            throw new FaceLoupeException(
                $"{folder}: no annotated image in it; give a folder with images/ and bbx_gt.txt.");
        }

        var name = Name(folder);
        using var progress = new TrainingProgress($"calibrate {name}", annotated.Pictures.Count);
        return CandidateSet.Collect(
            name, annotated, bundle, ProposalThreshold, (BandLow, BandHigh),
            done => progress.Report(done), cancellation);
    }

    // The last two parts of the path: "groups/val-tiny" says more than "val-tiny".
    private static string Name(string folder)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        return string.Join('/', full.Split(Path.DirectorySeparatorChar).TakeLast(2));
    }

    private static void Report(TextWriter output, CandidateSet set, string what, FusionSection? fusion, float finalNms)
    {
        var bands = new BoxEvaluator().Evaluate(set.Fuse(fusion, finalNms)).Bands;
        var figures = bands.Where(band => band.AveragePrecision is not null)
            .Select(
                band => string.Create(
                    CultureInfo.InvariantCulture, $"{band.Band.Name} {band.AveragePrecision:0.0000}"));
        output.WriteLine($"{set.Name}, {what}: AP {string.Join("  ", figures)}");
    }

    private static void Report(TextWriter output, string share, IReadOnlyList<OperatingPoint> points, string cost)
    {
        foreach (var point in points)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{share} {point.Recall:0.000}: score {point.Threshold:0.0000##}, "
                + $"{point.FalseAlarmsPerPicture:0.00} {cost} per image"));
        }
    }

    private static string Text(FusionSection fusion) => string.Create(
        CultureInfo.InvariantCulture,
        $"{fusion.Stage1Weight:0.000} x stage 1 + {fusion.Stage2Weight:0.000} x stage 2 {fusion.Bias:+0.000;-0.000}, "
        + $"delta x {fusion.DeltaWeight:0.00}");

    private static void Line(TextWriter output, FormattableString text) =>
        output.WriteLine(FormattableString.Invariant(text));
}
