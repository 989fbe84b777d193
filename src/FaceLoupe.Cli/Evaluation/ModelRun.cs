using System.Diagnostics;
using System.Globalization;
using FaceLoupe.Datasets;
using FaceLoupe.Evaluation;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Models;
using FaceLoupe.Proposals;

namespace FaceLoupe.Cli.Evaluation;

/// <summary>Runs a model over annotated pictures and scores what it finds, by logit and at every score.</summary>
internal sealed class ModelRun : IDisposable
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(15);

    private readonly EvaluateBoxesRun _call;
    private readonly ModelBundle _bundle;
    private readonly DetectionSection _detection;
    private readonly FaceLoupeDetector _detector;
    private readonly List<string> _faults = [];

    private ModelRun(EvaluateBoxesRun call)
    {
        _call = call;
        _bundle = ModelBundle.Open(call.Model, call.Threads);
        _detection = _bundle.Manifest.Detection;
        if (call.ProposalThreshold is { } lowest)
        {
            _detection = _detection with { ProposalThreshold = lowest };
        }

        _detector = new FaceLoupeDetector(_bundle, new DetectorOptions { MinScore = 0, Detection = _detection });
    }

    /// <summary>Runs the model of a call over a folder.</summary>
    /// <returns>The first stage alone where the call asks for it, then the full pipeline.</returns>
    public static IReadOnlyList<EvaluatedSubject> Score(
        AnnotatedFolder folder, EvaluateBoxesRun call, CancellationToken cancellation)
    {
        using var run = new ModelRun(call);
        return run.Score(folder, cancellation);
    }

    public void Dispose()
    {
        _detector.Dispose();
        _bundle.Dispose();
    }

    private List<EvaluatedSubject> Score(AnnotatedFolder folder, CancellationToken cancellation)
    {
        var first = new List<EvaluatedPicture>();
        var firstProposals = new List<EvaluatedPicture>();
        var both = new List<EvaluatedPicture>();
        var clock = Stopwatch.StartNew();
        var nextLine = BetweenLines;
        foreach (var picture in folder.Pictures)
        {
            cancellation.ThrowIfCancellationRequested();
            var (faces, proposals) = Look(picture, cancellation);
            both.Add(new EvaluatedPicture(picture.Name, picture.Faces, faces));
            firstProposals.Add(new EvaluatedPicture(picture.Name, picture.Faces, proposals));
            first.Add(new EvaluatedPicture(picture.Name, picture.Faces, Suppress(proposals)));
            if (clock.Elapsed >= nextLine)
            {
                nextLine = clock.Elapsed + BetweenLines;
                _call.Error.WriteLine(FormattableString.Invariant(
                    $"{both.Count} of {folder.Pictures.Count} pictures, {clock.Elapsed.TotalSeconds / both.Count:0.00} s each"));
            }
        }

        var threshold = _call.Threshold ?? _detection.Threshold;
        var evaluator = new BoxEvaluator(new BoxEvaluationOptions { Threshold = Logit(threshold) });
        var subjects = new List<EvaluatedSubject>();
        if (_call.Stages)
        {
            // Recall among 600 is that of the proposals as the second stage gets them; the rest after the final suppression.
            var evaluation = WithProposalRecall(evaluator.Evaluate(first), evaluator.Evaluate(firstProposals));
            subjects.Add(new EvaluatedSubject("stage 1", Regime("stage 1 alone"), threshold, evaluation, _faults));
        }

        subjects.Add(new EvaluatedSubject("both stages", Regime("both stages"), threshold, evaluator.Evaluate(both), _faults));
        return subjects;
    }

    private (ScoredBox[] Faces, ScoredBox[] Proposals) Look(AnnotatedPicture picture, CancellationToken cancellation)
    {
        try
        {
            var found = _detector.Detect(picture.Path, cancellation);
            return (
                [.. found.Faces.Select(face => new ScoredBox(face.Box, face.Logit))],
                [.. found.Proposals.Select(proposal => new ScoredBox(proposal.Box, proposal.Logit))]);
        }
        catch (UnreadablePictureException fault)
        {
            // Its faces count as missed: leaving them out would make the figures better.
            _faults.Add(fault.Message);
            _call.Error.WriteLine($"faceloupe: {fault.Message}");
            return ([], []);
        }
    }

    private ScoredBox[] Suppress(ScoredBox[] proposals)
    {
        var boxes = Array.ConvertAll(proposals, proposal => proposal.Box);
        var logits = Array.ConvertAll(proposals, proposal => (float)proposal.Score);
        return Array.ConvertAll(NonMaxSuppression.Keep(boxes, logits, _detection.FinalNms), index => proposals[index]);
    }

    private static BoxEvaluation WithProposalRecall(BoxEvaluation suppressed, BoxEvaluation proposals) => suppressed with
    {
        Bands = [.. suppressed.Bands.Zip(proposals.Bands, (band, all) => band with { ProposalRecall = all.ProposalRecall })],
    };

    private string Regime(string stages) => string.Create(CultureInfo.InvariantCulture,
        $"{_bundle.Manifest.Name} {_bundle.Manifest.Version}, {stages}, scales {string.Join(" ", _detection.Scales.Select(step => step.Factor))}, proposals from {_detection.ProposalThreshold}, at most {_detection.MaxProposals}, final NMS {_detection.FinalNms}");

    private static double Logit(double probability) => Math.Clamp(Math.Log(probability / (1 - probability)), -1e9, 1e9);
}
