using System.Globalization;
using FaceLoupe.Crops;
using FaceLoupe.Datasets;
using FaceLoupe.Evaluation;
using FaceLoupe.Geometry;
using FaceLoupe.Models;
using FaceLoupe.Predictions;
using FaceLoupe.Refinement;

namespace FaceLoupe.Training.Calibration;

/// <summary>
/// The candidates of all images of one annotated folder: what any fusion of the two stages can choose from.
/// </summary>
internal sealed class CandidateSet
{
    /// <summary>What <see cref="Write"/> puts into a line.</summary>
    public const string Columns = "set,picture,x,y,w,h,stage1,stage2,native,tx,ty,tw,th,iou";

    private readonly List<(AnnotatedPicture Picture, Candidate[] Candidates)> pictures = [];

    private CandidateSet(string name) => Name = name;

    /// <summary>What the set is called in reports.</summary>
    public string Name { get; }

    /// <summary>Number of images.</summary>
    public int Pictures => pictures.Count;

    /// <summary>Runs a model over a folder once; fusions are then tried without running it again.</summary>
    /// <param name="name">What to call the set.</param>
    /// <param name="folder">The annotated images.</param>
    /// <param name="bundle">The model.</param>
    /// <param name="proposalThreshold">Lowest stage 1 score of a candidate, 0 to 1.</param>
    /// <param name="band">The stage-2 score band: scores of stage 1 between which D is run, 0 to 1.</param>
    /// <param name="progress">Gets the number of images done.</param>
    /// <param name="cancellation">Stops between two runs of a network.</param>
    public static CandidateSet Collect(
        string name, AnnotatedFolder folder, ModelBundle bundle, float proposalThreshold,
        (float Below, float Above) band,
        Action<int> progress, CancellationToken cancellation)
    {
        var set = new CandidateSet(name);
        var detection = bundle.Manifest.Detection with
        {
            ProposalThreshold = proposalThreshold, FinalNms = 1, Fusion = new FusionSection(),
            Stage2Band = new Stage2BandSection { Low = band.Below, High = band.Above },
        };
        using var detector = new FaceLoupeDetector(bundle, new DetectorOptions { MinScore = 0, Detection = detection });
        var cropper = new ContextCropper(bundle.Manifest.Context);
        foreach (var picture in folder.Pictures)
        {
            var found = detector.Detect(picture.Path, cancellation).Faces;
            set.pictures.Add((picture,
            [
                .. found.Where(face => face.Proposal.Box.IsValid).Select(face => new Candidate(
                    face.Proposal.Box, face.Proposal.Logit, face.Stage2Logit,
                    BoxDelta.Encode(face.Proposal.Box, face.Box), cropper.IsNative(face.Proposal.Box))),
            ]));
            progress(set.pictures.Count);
        }

        return set;
    }

    /// <summary>A set of candidates that are known already.</summary>
    public static CandidateSet Of(string name, IEnumerable<(AnnotatedPicture Picture, Candidate[] Candidates)> pictures)
    {
        var set = new CandidateSet(name);
        set.pictures.AddRange(pictures);
        return set;
    }

    /// <summary>Logits of both stages of all candidates that D looked at.</summary>
    public IEnumerable<(float Stage1, float Stage2)> Stage2Pairs => pictures.SelectMany(picture => picture.Candidates)
        .Where(candidate => candidate.Stage2 is not null).Select(
            candidate => (candidate.Stage1, candidate.Stage2!.Value));

    /// <summary>The same set in which D is said to have given its expected logit where it was not asked.</summary>
    public CandidateSet Completed(Stage2BandSection band) =>
        Of(Name, pictures.Select(picture => (picture.Picture, Array.ConvertAll(
        picture.Candidates, candidate => candidate with
        {
            Stage2 = candidate.Stage2 ?? ((band.Slope * candidate.Stage1) + band.Offset),
        }))));

    /// <summary>What a detector with this fusion would say of every image, with logits as scores.</summary>
    /// <param name="fusion">How the stages become one; null: stage 1 alone.</param>
    /// <param name="finalNms">IoU above which the weaker of two boxes goes.</param>
    public IEnumerable<EvaluatedPicture> Fuse(FusionSection? fusion, float finalNms)
    {
        foreach (var (picture, candidates) in pictures)
        {
            var boxes = Array.ConvertAll(candidates, candidate => Move(candidate, fusion));
            var logits = Array.ConvertAll(candidates, candidate => Score(candidate, fusion));
            var kept = NonMaxSuppression.Keep(boxes, logits, finalNms);
            yield return new EvaluatedPicture(
                picture.Name, picture.Faces, [.. kept.Select(i => new ScoredBox(boxes[i], logits[i]))]);
        }
    }

    /// <summary>
    /// Writes a line for each candidate, see <see cref="Columns"/>: box in px, logits (of D none if it was not
    /// asked), 1 for a native one, D's box delta, and the best IoU with a face.
    /// </summary>
    public void Write(TextWriter output)
    {
        foreach (var (picture, candidates) in pictures)
        {
            foreach (var (box, stage1, stage2, delta, isNative) in candidates)
            {
                var nearest = picture.Faces.Where(face => !face.Invalid).Select(face => Overlap.IoU(box, face.Box))
                    .DefaultIfEmpty().Max();
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Name},{picture.Name},{box.X},{box.Y},{box.Width},{box.Height},{stage1},"
                    + $"{stage2},{(isNative ? 1 : 0)},{delta.Tx},{delta.Ty},{delta.Tw},{delta.Th},{nearest:0.###}"));
            }
        }
    }

    private static Box Move(Candidate candidate, FusionSection? fusion) => fusion is null
        ? candidate.Proposal
        : candidate.Delta.Part(For(fusion, candidate).DeltaWeight).Decode(candidate.Proposal);

    private static float Score(Candidate candidate, FusionSection? fusion) => fusion is null
        ? candidate.Stage1
        : ScoreFusion.Fuse(For(fusion, candidate), candidate.Stage1, candidate.Stage2 ?? 0);

    private static FusionSection For(FusionSection fusion, Candidate candidate) =>
        candidate.IsNative ? fusion.Native ?? fusion : fusion;
}
