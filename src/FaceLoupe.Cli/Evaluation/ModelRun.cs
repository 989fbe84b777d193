using FaceLoupe.Cli.Reports;
using FaceLoupe.Cli.Terminal;
using FaceLoupe.Datasets;
using FaceLoupe.Evaluation;
using FaceLoupe.Geometry;
using FaceLoupe.Models;
using FaceLoupe.Predictions;

namespace FaceLoupe.Cli.Evaluation;

/// <summary>Runs a model over annotated images and scores what it finds, by logit and at every score.</summary>
internal sealed class ModelRun : IDisposable
{
    private readonly EvaluateBoxesRun _call;
    private readonly List<string> _faults;
    private readonly ProgressBars _bars;
    private readonly ModelBundle _bundle;
    private readonly DetectionSection _detection;
    private readonly FaceLoupeDetector _detector;

    private ModelRun(AnnotatedFolder folder, EvaluateBoxesRun call, List<string> faults)
    {
        _call = call;
        _faults = faults;
        _bars = ProgressBars.On(call.Error, quiet: false);
        _bundle = call.Model.Open(note => call.Error.WriteLine($"faceloupe: {note}"));
        _detection = _bundle.Manifest.Detection;
        if (call.ProposalThreshold is { } lowest)
        {
            _detection = _detection with { ProposalThreshold = lowest };
        }

        if (call.FullSearch)
        {
            _detection = _detection.WithoutFocus();
        }

        _detector = new FaceLoupeDetector(_bundle, new DetectorOptions
        {
            MinScore = 0,
            Detection = _detection,
            Landmarks = _bundle.Manifest.Discriminator.Landmarks is not null
                && folder.Pictures.Any(picture => picture.Faces.Any(face => face.Landmarks is not null)),
        });
    }

    /// <summary>Runs the model of a call over a folder.</summary>
    /// <param name="folder">The images.</param>
    /// <param name="call">The call.</param>
    /// <param name="faults">Takes what could not be read.</param>
    /// <param name="cancellation">Stops between two runs of a network.</param>
    /// <returns>The first stage alone where the call asks for it, then the full pipeline.</returns>
    public static IReadOnlyList<EvaluatedSubject> Score(
        AnnotatedFolder folder, EvaluateBoxesRun call, List<string> faults, CancellationToken cancellation)
    {
        using var run = new ModelRun(folder, call, faults);
        return run.Score(folder, cancellation);
    }

    public void Dispose()
    {
        _detector.Dispose();
        _bundle.Dispose();
    }

    private List<EvaluatedSubject> Score(AnnotatedFolder folder, CancellationToken cancellation)
    {
        var (faces, proposals) = Detect(folder, cancellation);
        var threshold = _call.Threshold ?? _detection.Threshold;
        var options = new BoxEvaluationOptions { Threshold = Logit(threshold), IouThreshold = _call.Iou };
        var subjects = new List<EvaluatedSubject>();
        if (_call.Stages)
        {
            // The final suppression for everything but the recall of proposals, which the second stage gets without it.
            EvaluatedPicture[] suppressed =
                [.. proposals.Select(picture => picture with { Predictions = Suppress(picture.Predictions) })];
            var first = Subject("stage 1", DetectionStages.ProposalsOnly, threshold, options, suppressed);
            var unsuppressed = new BoxEvaluator(options).Evaluate(proposals);
            subjects.Add(first with
            {
                Evaluation = first.Evaluation with
                {
                    Bands = [.. first.Evaluation.Bands.Zip(
                        unsuppressed.Bands, (band, all) => band with { ProposalRecall = all.ProposalRecall })],
                },
            });
        }

        subjects.Add(Subject("both stages", DetectionStages.Both, threshold, options, faces));
        return subjects;
    }

    private (List<EvaluatedPicture> Faces, List<EvaluatedPicture> Proposals) Detect(
        AnnotatedFolder folder, CancellationToken cancellation)
    {
        var (faces, proposals) = (new List<EvaluatedPicture>(), new List<EvaluatedPicture>());
        _bars.During("Looking for faces", folder.Pictures.Count, () =>
        {
            foreach (var picture in folder.Pictures)
            {
                cancellation.ThrowIfCancellationRequested();
                var found = Detect(picture, cancellation);
                faces.Add(new EvaluatedPicture(
                    picture.Name,
                    picture.Faces,
                    [.. found?.Faces.Select(
                        face => new ScoredBox(face.Box, face.Logit) { Landmarks = face.Landmarks }) ?? []]));
                proposals.Add(new EvaluatedPicture(
                    picture.Name,
                    picture.Faces,
                    [.. found?.Proposals.Select(region => new ScoredBox(region.Box, region.Logit)) ?? []]));
                _bars.Finish();
            }
        });
        return (faces, proposals);
    }

    private Detections? Detect(AnnotatedPicture picture, CancellationToken cancellation)
    {
        try
        {
            return _detector.Detect(picture.Path, cancellation);
        }
        catch (FaceLoupeException fault)
        {
            return Missed(fault.Message);
        }
        catch (OutOfMemoryException)
        {
            return Missed(InputFault.OfMemory(picture.Path).Message);
        }
    }

    // Its faces count as missed: leaving them out would make the figures better.
    private Detections? Missed(string fault)
    {
        _faults.Add(fault);
        _bars.WriteLine($"faceloupe: {fault.ReplaceLineEndings(" ")}");
        return null;
    }

    private ScoredBox[] Suppress(IReadOnlyList<ScoredBox> proposals)
    {
        Box[] boxes = [.. proposals.Select(proposal => proposal.Box)];
        float[] logits = [.. proposals.Select(proposal => (float)proposal.Score)];
        return Array.ConvertAll(NonMaxSuppression.Keep(boxes, logits, _detection.FinalNms), index => proposals[index]);
    }

    private EvaluatedSubject Subject(
        string name,
        DetectionStages stages,
        double threshold,
        BoxEvaluationOptions options,
        IReadOnlyList<EvaluatedPicture> pictures) =>
        new(name, EvaluationSettings.OfModel(_bundle, _detection, stages), threshold, options, pictures)
        {
            ShownScore = logit => 1 / (1 + Math.Exp(-logit)),
        };

    // Users give probabilities, scores are logits; beyond 0 and 1 lie nothing and everything.
    private static double Logit(double probability) => probability switch
    {
        <= 0 => double.MinValue,
        >= 1 => double.MaxValue,
        _ => Math.Log(probability / (1 - probability)),
    };
}
