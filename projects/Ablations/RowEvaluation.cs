using System.Collections.Concurrent;
using System.Text.Json;
using FaceLoupe.Crops;
using FaceLoupe.Datasets;
using FaceLoupe.Evaluation;
using FaceLoupe.Evaluation.Wider;
using FaceLoupe.Geometry;
using FaceLoupe.Models;
using FaceLoupe.Proposals;
using FaceLoupe.Scoring;
using FaceLoupe.Training.Calibration;
using FaceLoupe.Training.Configuration;
using FaceLoupe.Training.Identities;

namespace FaceLoupe.Training.Ablations;

/// <summary>
/// Measures exported models as <c>faceloupe evaluate boxes</c> and <c>evaluate wider</c> do: by logit, at every score.
/// </summary>
internal sealed class RowEvaluation
{
    private readonly IReadOnlyList<ValidationSet> sets;
    private readonly WiderValidation? wider;
    private readonly string? widerRecorded;
    private readonly RecordedScores recordedScores;
    private readonly bool discriminatorAlone;
    private readonly int threads;
    private readonly TextWriter log;
    private readonly Dictionary<string, ConcurrentDictionary<string, IReadOnlyList<Proposal>>> remembered = [];

    /// <param name="sets">The folders.</param>
    /// <param name="wider">WIDER FACE; null: not given.</param>
    /// <param name="widerRecorded">Boxes of another detector on its images; null: none.</param>
    /// <param name="recordedScores">What the scores of recorded boxes are.</param>
    /// <param name="discriminatorAlone">Measure D's output alone too.</param>
    /// <param name="threads">Threads for one run of a network; 0: one per core.</param>
    /// <param name="log">Where images that cannot be read are reported.</param>
    public RowEvaluation(
        IReadOnlyList<ValidationSet> sets,
        WiderValidation? wider,
        string? widerRecorded,
        RecordedScores recordedScores,
        bool discriminatorAlone,
        int threads,
        TextWriter log)
    {
        (this.sets, this.wider, this.widerRecorded, this.recordedScores) = (sets, wider, widerRecorded, recordedScores);
        (this.discriminatorAlone, this.threads, this.log) = (discriminatorAlone, threads, log);
        Identity = string.Join('\n', [
            .. sets.Select(set => $"{set.Name} {DataIdentity.OfFiles(set.Recorded)} {DataIdentity.Of(set.Pictures)}"),
            .. wider is null ? (string[])[] : [$"{SetFigures.Wider} {wider.Truth.Pictures.Count} {widerRecorded}"],
        ]);
    }

    /// <summary>What the figures depend on beside the model.</summary>
    public string Identity { get; }

    /// <summary>Measures one model.</summary>
    /// <exception cref="FaceLoupeException">A model or recorded boxes cannot be read.</exception>
    /// <exception cref="OperationCanceledException">A stop was wished for.</exception>
    public RowFigures Measure(string model, AblationRow row, CancellationToken cancellation)
    {
        using var bundle = ModelBundle.Open(model, threads);
        var cropper = new ContextCropper(bundle.Manifest.Context);
        var unreadable = 0;
        var figures = new List<SetFigures>();
        var scored = new List<EvaluatedBand>();
        var views = Views(bundle.Manifest.Detection, row);
        var threshold = Logistic.FiniteLogit(bundle.Manifest.Detection.Threshold);
        var options = new BoxEvaluationOptions { Threshold = threshold };
        foreach (var set in sets.Where(set => !row.Recorded || set.Recorded is not null))
        {
            using var detector = Detector(bundle, row, set.Recorded);
            var candidates = CandidateSet.Of(
                set.Name, set.Pictures.Select(picture => (picture, Detect(detector, picture.Path))));
            foreach (var view in views)
            {
                EvaluatedPicture[] pictures = [.. candidates.Fuse(view.Fusion, bundle.Manifest.Detection.FinalNms)];
                var result = new BoxEvaluator(options).Evaluate(pictures);
                figures.Add(new SetFigures(set.Name + view.Suffix, result.Pictures, [.. result.Bands.Select(
                    band => new BandFigures(
                        band.Band.Name,
                        band.Faces,
                        band.AveragePrecision,
                        band.RecallAtThreshold,
                        band.FalsePositivesPerPicture))]));
                scored.AddRange(EvaluatedBand.Of(set.Name + view.Suffix, pictures, options));
            }
        }

        if (wider is not null && (!row.Recorded || widerRecorded is not null))
        {
            using var detector = Detector(bundle, row, widerRecorded);
            var candidates = CandidateSet.Of(SetFigures.Wider, wider.Paths.Select(
                path => (new AnnotatedPicture(path.Key, path.Value, []), Detect(detector, path.Value))));
            foreach (var view in views)
            {
                var found = candidates.Fuse(view.Fusion, bundle.Manifest.Detection.FinalNms)
                    .ToDictionary(picture => picture.Name, picture => picture.Predictions);
                var result = WiderFaceEvaluator.Evaluate(wider.Truth, key => found[key]);
                figures.Add(new SetFigures(SetFigures.Wider + view.Suffix, result.Pictures, [.. result.Settings.Select(
                    setting => new BandFigures(
                        NameOf(setting.Setting), setting.Faces, setting.Official.AveragePrecision, null, null))]));
            }
        }

        return new RowFigures { Sets = figures, UnreadablePictures = unreadable, Evaluated = new(scored) };

        Candidate[] Detect(FaceLoupeDetector detector, string path)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                return
                [
                    .. detector.Detect(path, cancellation).Faces.Where(face => face.Proposal.Box.IsValid).Select(face =>
                        new Candidate(
                            face.Proposal.Box, face.Proposal.Logit, face.Stage2Logit,
                            BoxDelta.Encode(face.Proposal.Box, face.Box), cropper.IsNative(face.Proposal.Box))),
                ];
            }
            catch (Imaging.UnreadablePictureException fault)
            {
                unreadable++;
                log.WriteLine(fault.Message);
                return [];
            }
        }
    }

    // The stages are fused and suppressed afterwards, so that G and D look once, however often it is done.
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
        row.Recorded ? RecordedProposals.Open(recorded!, recordedScores) : Remembered(bundle));

    private List<(string Suffix, FusionSection? Fusion)> Views(DetectionSection detection, AblationRow row)
    {
        var isRefined = row.Stages == DetectionStages.Both;
        List<(string, FusionSection?)> views = [("", isRefined ? detection.Fusion : null)];
        if (discriminatorAlone)
        {
            views.Add((SetFigures.Alone, isRefined ? new FusionSection { Stage1Weight = 0, Stage2Weight = 1 } : null));
        }

        return views;
    }

    private RememberedProposals Remembered(ModelBundle bundle)
    {
        // What else the manifest says of detection comes after the first stage, and is the same for all rows.
        var key = bundle.Manifest.Proposals.Sha256
            + JsonSerializer.Serialize(bundle.Manifest.Detection, OptionsJson.Format);
        if (!remembered.TryGetValue(key, out var known))
        {
            remembered[key] = known = [];
        }

        return new RememberedProposals(new ProposalModel(bundle), known);
    }

    private static string NameOf(WiderFaceSetting setting) => setting switch
    {
        WiderFaceSetting.Easy => "easy",
        WiderFaceSetting.Medium => "medium",
        _ => "hard",
    };
}
