using System.Collections.Concurrent;
using System.Text.Json;
using FaceLoupe.Evaluation;
using FaceLoupe.Evaluation.Wider;
using FaceLoupe.Models;
using FaceLoupe.Predictions;
using FaceLoupe.Proposals;
using FaceLoupe.Scoring;
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
    private readonly RecordedScores recordedScores;
    private readonly int threads;
    private readonly TextWriter log;
    private readonly Dictionary<string, ConcurrentDictionary<string, IReadOnlyList<Proposal>>> remembered = [];

    /// <param name="sets">The folders.</param>
    /// <param name="wider">WIDER FACE; null: not given.</param>
    /// <param name="recordedScores">What the scores of recorded boxes are.</param>
    /// <param name="threads">Threads for one run of a network; 0: one per core.</param>
    /// <param name="log">Where pictures that cannot be read are told.</param>
    public RowEvaluation(
        IReadOnlyList<ValidationSet> sets,
        WiderValidation? wider,
        RecordedScores recordedScores,
        int threads,
        TextWriter log)
    {
        (this.sets, this.wider, this.recordedScores) = (sets, wider, recordedScores);
        (this.threads, this.log) = (threads, log);
        Identity = string.Join('\n', [
            .. sets.Select(set => $"{set.Name} {DataIdentity.OfFiles(set.Recorded)} {DataIdentity.Of(set.Pictures)}"),
            .. wider is null ? (string[])[] : [$"{SetFigures.Wider} {wider.Truth.Pictures.Count}"],
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
        var unreadable = 0;
        var figures = new List<SetFigures>();
        foreach (var set in sets.Where(set => !row.Recorded || set.Recorded is not null))
        {
            using var detector = Detector(bundle, row, set.Recorded);
            var threshold = Logistic.FiniteLogit(bundle.Manifest.Detection.Threshold);
            var options = new BoxEvaluationOptions { Threshold = threshold };
            var result = new BoxEvaluator(options).Evaluate(set.Pictures.Select(
                picture => new EvaluatedPicture(picture.Name, picture.Faces, Look(detector, picture.Path))));
            figures.Add(new SetFigures(set.Name, result.Pictures, [.. result.Bands.Select(band => new BandFigures(
                band.Band.Name,
                band.Faces,
                band.AveragePrecision,
                band.RecallAtThreshold,
                band.FalsePositivesPerPicture))]));
        }

        if (wider is not null && !row.Recorded)
        {
            using var detector = Detector(bundle, row, recorded: null);
            var result = WiderFaceEvaluator.Evaluate(wider.Truth, key => Look(detector, wider.Paths[key]));
            figures.Add(new SetFigures(SetFigures.Wider, result.Pictures, [.. result.Settings.Select(setting =>
                new BandFigures(
                    NameOf(setting.Setting), setting.Faces, setting.Official.AveragePrecision, null, null))]));
        }

        return new RowFigures { Sets = figures, UnreadablePictures = unreadable };

        ScoredBox[] Look(FaceLoupeDetector detector, string path)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                var found = detector.Detect(path, cancellation).Faces;
                return [.. found.Select(face => new ScoredBox(face.Box, face.Logit))];
            }
            catch (Imaging.UnreadablePictureException fault)
            {
                unreadable++;
                log.WriteLine(fault.Message);
                return [];
            }
        }
    }

    private FaceLoupeDetector Detector(ModelBundle bundle, AblationRow row, string? recorded) => new(
        bundle,
        new DetectorOptions { MinScore = 0, Stages = row.Stages },
        row.Recorded ? RecordedProposals.Open(recorded!, recordedScores) : Remembered(bundle));

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
