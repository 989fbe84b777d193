using System.Collections.Concurrent;
using System.Text.Json;
using FaceLoupe.Crops;
using FaceLoupe.Datasets;
using FaceLoupe.Evaluation;
using FaceLoupe.Evaluation.Wider;
using FaceLoupe.Models;
using FaceLoupe.Proposals;
using FaceLoupe.Scoring;
using FaceLoupe.Training.Calibration;
using FaceLoupe.Training.Configuration;
using FaceLoupe.Training.Identities;
using FaceLoupe.Training.Workspace;

namespace FaceLoupe.Training.Ablations;

/// <summary>Evaluates exported models as <c>faceloupe evaluate</c> boxes and wider do, by logit.</summary>
/// <param name="sets">The folders.</param>
/// <param name="wider">WIDER FACE; null: not given.</param>
/// <param name="ablation">Recorded boxes of another detector, and whether to evaluate D's output alone too.</param>
/// <param name="threads">Threads of the networks; 0: one per core.</param>
/// <param name="log">Receives the names of unreadable images.</param>
internal sealed class RowEvaluation(
    IReadOnlyList<ValidationSet> sets, WiderValidation? wider, AblationOptions ablation, int threads, TextWriter log)
{
    private readonly Dictionary<string, ConcurrentDictionary<string, IReadOnlyList<Proposal>>> caches = [];

    /// <summary>What the figures depend on besides the model.</summary>
    public string Identity { get; } = string.Join('\n', [
        .. sets.Select(set => $"{set.Name} {DataIdentity.OfFiles(set.Recorded)} {DataIdentity.Of(set.Pictures)}"),
        .. wider is null
            ? (string[])[] : [$"{SetFigures.Wider} {wider.Truth.Pictures.Count} {ablation.WiderRecorded}"],
    ]);

    /// <summary>Evaluates one model.</summary>
    /// <exception cref="FaceLoupeException">A model or recorded boxes cannot be read.</exception>
    /// <exception cref="OperationCanceledException">A stop was requested.</exception>
    public RowFigures Measure(string model, AblationRow row, CancellationToken cancellation)
    {
        using var bundle = ModelBundle.Open(model, threads);
        var cropper = new ContextCropper(bundle.Manifest.Context);
        var unreadable = 0;
        var figures = new List<SetFigures>();
        var bands = new List<EvaluatedBand>();
        var views = Views(bundle.Manifest.Detection, row);
        var threshold = Logistic.FiniteLogit(bundle.Manifest.Detection.Threshold);
        var options = new BoxEvaluationOptions { Threshold = threshold };
        foreach (var set in sets.Where(set => !row.Recorded || set.Recorded is not null))
        {
            using var detector = Detector(bundle, row, set.Recorded);
            var candidates = CandidateSet.Of(
                set.Name, set.Pictures.Select(picture => (picture, Candidates(detector, picture.Path))));
            foreach (var view in views)
            {
                EvaluatedPicture[] pictures = [.. candidates.Fuse(view.Fusion, bundle.Manifest.Detection.FinalNms)];
                var result = new BoxEvaluator(options).Evaluate(pictures);
                figures.Add(new SetFigures(set.Name + view.Suffix, result.Pictures, [.. result.Bands.Select(
                    band => new BandFigures(
                        band.Band.Name, band.Faces, band.AveragePrecision, band.RecallAtThreshold,
                        band.FalsePositivesPerPicture))]));
                bands.AddRange(EvaluatedBand.Of(set.Name + view.Suffix, pictures, options));
            }
        }

        if (wider is not null && (!row.Recorded || ablation.WiderRecorded is not null))
        {
            using var detector = Detector(bundle, row, ablation.WiderRecorded);
            var candidates = CandidateSet.Of(SetFigures.Wider, wider.Paths.Select(
                path => (new AnnotatedPicture(path.Key, path.Value, []), Candidates(detector, path.Value))));
            foreach (var view in views)
            {
                var found = candidates.Fuse(view.Fusion, bundle.Manifest.Detection.FinalNms)
                    .ToDictionary(picture => picture.Name, picture => picture.Predictions);
                var result = WiderFaceEvaluator.Evaluate(wider.Truth, key => found[key]);
                figures.Add(new SetFigures(SetFigures.Wider + view.Suffix, result.Pictures, [.. result.Settings.Select(
                    setting => new BandFigures(
                        setting.Setting.ToString().ToLowerInvariant(), setting.Faces, setting.Official.AveragePrecision,
                        null, null))]));
            }
        }

        return new RowFigures { Sets = figures, UnreadablePictures = unreadable, Bands = new(bands) };

        Candidate[] Candidates(FaceLoupeDetector detector, string path)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                return Candidate.Of(detector.Detect(path, cancellation).Faces, cropper);
            }
            catch (Imaging.UnreadablePictureException fault)
            {
                unreadable++;
                log.WriteLine(fault.Message);
                return [];
            }
        }
    }

    // Fusion and NMS come later, so that G and D run once for all views.
    private FaceLoupeDetector Detector(ModelBundle bundle, AblationRow row, string? recorded) => new(
        bundle,
        new DetectorOptions
        {
            MinScore = 0,
            Stages = row.Stages,
            Detection = bundle.Manifest.Detection with
            {
                FinalNms = 1, Fusion = new FusionSection(), Stage2Band = null,
            },
        },
        row.Recorded ? RecordedProposals.Open(recorded!, ablation.RecordedScores) : Cached(bundle));

    private List<(string Suffix, FusionSection? Fusion)> Views(DetectionSection detection, AblationRow row)
    {
        var isRefined = row.Stages == DetectionStages.Both;
        List<(string, FusionSection?)> views = [("", isRefined ? detection.Fusion : null)];
        if (ablation.DiscriminatorAlone)
        {
            views.Add((SetFigures.Alone, isRefined ? new FusionSection { Stage1Weight = 0, Stage2Weight = 1 } : null));
        }

        return views;
    }

    private CachedProposals Cached(ModelBundle bundle)
    {
        // The cache key: the first stage's weights and all detection settings.
        var key = bundle.Manifest.Proposals.Sha256
            + JsonSerializer.Serialize(bundle.Manifest.Detection, OptionsJson.Format);
        if (!caches.TryGetValue(key, out var cache))
        {
            caches[key] = cache = [];
        }

        return new CachedProposals(new ProposalModel(bundle), cache);
    }
}
