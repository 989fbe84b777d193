using FaceLoupe.Cli.Inputs;
using FaceLoupe.Cli.Reports;
using FaceLoupe.Datasets;
using FaceLoupe.Evaluation;
using FaceLoupe.Geometry;
using FaceLoupe.Predictions;

namespace FaceLoupe.Cli.Evaluation;

/// <summary>Runs a model over annotated images and scores its boxes, by logit and at every score.</summary>
internal static class ModelRun
{
    /// <summary>Runs the model of a call over a folder.</summary>
    /// <param name="folder">The images.</param>
    /// <param name="call">The call.</param>
    /// <param name="faults">Takes what could not be read.</param>
    /// <param name="cancellation">Stops between two runs of a network.</param>
    /// <returns>The first stage alone if the call requests it, then the full pipeline.</returns>
    public static IReadOnlyList<EvaluatedSubject> Score(
        AnnotatedFolder folder, EvaluateBoxesRun call, List<string> faults, CancellationToken cancellation)
    {
        using var bundle = call.Model.Open(note => call.Error.WriteLine($"faceloupe: {note}"));
        var detection = bundle.Manifest.Detection;
        detection = detection with { ProposalThreshold = call.ProposalThreshold ?? detection.ProposalThreshold };
        detection = call.FullSearch ? detection.WithoutFocus() : detection;
        using var detector = new FaceLoupeDetector(bundle, new DetectorOptions
        {
            MinScore = 0,
            Detection = detection,
            Landmarks = bundle.Manifest.Discriminator.Landmarks is not null
                && folder.Pictures.Any(picture => picture.Faces.Any(face => face.Landmarks is not null)),
        });
        var (faces, proposals) = (new List<EvaluatedPicture>(), new List<EvaluatedPicture>());
        faults.AddRange(AnnotatedSearch.Run(folder.Pictures, detector, call.Error, Add, cancellation));
        var threshold = call.Threshold ?? detection.Threshold;
        var options = new BoxEvaluationOptions { Threshold = Logit(threshold), IouThreshold = call.Iou };
        var subjects = new List<EvaluatedSubject>();
        if (call.Stages)
        {
            // The final suppression for everything but the recall of proposals, which the second stage gets without it.
            EvaluatedPicture[] suppressed =
            [
                .. proposals.Select(picture => picture with
                {
                    Predictions = Suppress(picture.Predictions, detection.FinalNms),
                }),
            ];
            var first = Subject("stage 1", DetectionStages.ProposalsOnly, suppressed);
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

        subjects.Add(Subject("both stages", DetectionStages.Both, faces));
        return subjects;

        void Add(AnnotatedPicture picture, Detections? found)
        {
            faces.Add(new EvaluatedPicture(
                picture.Name,
                picture.Faces,
                [.. found?.Faces.Select(
                    face => new ScoredBox(face.Box, face.Logit) { Landmarks = face.Landmarks }) ?? []]));
            proposals.Add(new EvaluatedPicture(
                picture.Name,
                picture.Faces,
                [.. found?.Proposals.Select(region => new ScoredBox(region.Box, region.Logit)) ?? []]));
        }

        EvaluatedSubject Subject(string name, DetectionStages stages, IReadOnlyList<EvaluatedPicture> pictures) =>
            new(name, EvaluationSettings.OfModel(bundle, detection, stages), threshold, options, pictures)
            {
                ShownScore = logit => 1 / (1 + Math.Exp(-logit)),
            };
    }

    private static ScoredBox[] Suppress(IReadOnlyList<ScoredBox> proposals, float nms)
    {
        Box[] boxes = [.. proposals.Select(proposal => proposal.Box)];
        float[] logits = [.. proposals.Select(proposal => (float)proposal.Score)];
        return Array.ConvertAll(NonMaxSuppression.Keep(boxes, logits, nms), index => proposals[index]);
    }

    // Users give probabilities, scores are logits; 0 keeps every box, and 1 none.
    private static double Logit(double probability) => probability switch
    {
        <= 0 => double.MinValue,
        >= 1 => double.MaxValue,
        _ => Math.Log(probability / (1 - probability)),
    };
}
