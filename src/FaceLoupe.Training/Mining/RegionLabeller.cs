using FaceLoupe.Geometry;
using FaceLoupe.Predictions;
using FaceLoupe.Proposals;
using FaceLoupe.Training.Samples;
using FaceLoupe.Training.Samples.Sources;

namespace FaceLoupe.Training.Mining;

/// <summary>Sorts the proposals of a canvas into faces and non-faces by IoU.</summary>
internal sealed class RegionLabeller(MiningOptions options)
{
    /// <summary>Labels one canvas.</summary>
    /// <param name="canvas">Its true faces and ignored places.</param>
    /// <param name="proposals">Stage 1's proposals, best first.</param>
    /// <param name="random">For the jittered copies.</param>
    /// <param name="seen">What other detectors see: labels are probabilities then; null (the default): none.</param>
    public IReadOnlyList<LabelledRegion> Label(
        TrainingCanvas canvas, IReadOnlyList<Proposal> proposals, SampleRandom random, SeenFaces? seen = null)
    {
        var faces = new List<LabelledRegion>();
        var nonFaces = new List<LabelledRegion>();
        var taken = new int[canvas.Faces.Count];
        Box[] others = [.. seen?.Others.Select(found => found.Box) ?? []];
        var takenOthers = new int[others.Length];
        foreach (var proposal in proposals.Where(p => p.Box.LongerSide >= options.MinSide))
        {
            var (nearest, iou) = Nearest(proposal.Box, canvas.Faces);
            if (iou >= options.FaceIoU)
            {
                if (taken[nearest]++ < options.ProposalsPerFace)
                {
                    faces.Add(Face(proposal.Box, proposal.Logit, canvas, nearest, iou, seen));
                }

                continue;
            }

            var (other, overlap) = Nearest(proposal.Box, others);
            if (overlap >= options.FaceIoU)
            {
                if (takenOthers[other]++ < options.ProposalsPerFace)
                {
                    var region = Other(proposal, seen!.Others[other], iou);
                    (region.IsFace ? faces : nonFaces).Add(region);
                }
            }
            else if (iou < options.NonFaceIoU && IsBackground(proposal, canvas, seen)
                && !(overlap >= options.NonFaceIoU && seen!.Others[other].Score >= SeenFaces.Likely))
            {
                nonFaces.Add(new LabelledRegion(proposal.Box, proposal.Logit, false, iou, default));
            }
        }

        for (var face = 0; face < canvas.Faces.Count; face++)
        {
            for (var i = 0; i < options.JitteredFaces; i++)
            {
                var box = Jittered(canvas.Faces[face], random);
                var iou = Overlap.IoU(box, canvas.Faces[face]);
                if (iou >= options.FaceIoU)
                {
                    faces.Add(Face(box, 0, canvas, face, iou, seen));
                }
            }
        }

        var allowed = canvas.Faces.Count == 0
            ? options.NonFacesOfEmptyCanvas
            : (int)Math.Round(options.NonFacesPerFace * faces.Count);
        return [.. faces, .. Choose(nonFaces, allowed, random)];
    }

    // The hardest ones and a random sample of the others.
    private IEnumerable<LabelledRegion> Choose(List<LabelledRegion> nonFaces, int allowed, SampleRandom random)
    {
        LabelledRegion[] hardestFirst = [.. nonFaces.OrderByDescending(region => region.Logit)];
        var (count, hardest) = (
            Math.Min(allowed, hardestFirst.Length), (int)Math.Round(allowed * options.HardestShare));
        for (var i = hardest; i < count; i++)
        {
            var drawn = i + random.NextInt(hardestFirst.Length - i);
            (hardestFirst[i], hardestFirst[drawn]) = (hardestFirst[drawn], hardestFirst[i]);
        }

        return hardestFirst.Take(count);
    }

    // Other detectors find most unannotated faces.
    private bool IsBackground(Proposal proposal, TrainingCanvas canvas, SeenFaces? seen) =>
        !(seen is null && canvas.UnlabelledFacesLikely && proposal.Score > options.TrustedNonFaceScore)
        && canvas.Ignored.All(ignored =>
            Overlap.IoU(proposal.Box, ignored) < options.NonFaceIoU && Overlap.Coverage(proposal.Box, ignored) < 0.5f);

    private Box Jittered(in Box face, SampleRandom random) => Box.FromCenter(
        face.CenterX + (face.Width * Draw(random)), face.CenterY + (face.Height * Draw(random)),
        face.Width * (1 + Draw(random)), face.Height * (1 + Draw(random)));

    private float Draw(SampleRandom random) => (float)random.Between(-options.Jitter, options.Jitter);

    private static LabelledRegion Other(Proposal proposal, ScoredBox found, float iou) =>
        new(proposal.Box, proposal.Logit, found.Score >= 0.5, iou, BoxDelta.Encode(proposal.Box, found.Box))
        {
            Chance = (float)found.Score,
        };

    private static LabelledRegion Face(
        in Box box, float logit, TrainingCanvas canvas, int face, float iou, SeenFaces? seen) =>
        new(box, logit, true, iou, BoxDelta.Encode(box, canvas.Faces[face]))
        {
            Chance = seen?.Chances[face] ?? 1,
            Landmarks = canvas.Landmarks.Count > 0 ? canvas.Landmarks[face]?.SharesOf(box) : null,
        };

    private static (int Index, float IoU) Nearest(in Box box, IReadOnlyList<Box> faces)
    {
        var (best, bestIoU) = (-1, 0f);
        for (var i = 0; i < faces.Count; i++)
        {
            var iou = Overlap.IoU(box, faces[i]);
            if (iou > bestIoU)
            {
                (best, bestIoU) = (i, iou);
            }
        }

        return (best, bestIoU);
    }
}
