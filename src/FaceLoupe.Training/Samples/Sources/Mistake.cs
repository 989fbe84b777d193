using FaceLoupe.Datasets;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Proposals;

namespace FaceLoupe.Training.Samples.Sources;

/// <summary>A place where a detector errs: what it takes for a face, or a face that it finds badly or not.</summary>
/// <param name="Picture">The image.</param>
/// <param name="Box">The place, in pixels of the image.</param>
/// <param name="Weight">
/// How grave it is, above 0 to 1: the score of a false alarm, what a face lacks of 1; less in an image with many.
/// </param>
internal sealed record Mistake(AnnotatedPicture Picture, Box Box, double Weight)
{
    // Lesser ones are left out.
    private const double LeastWeight = 0.1;

    // Of all mistakes in an image: if they weigh more, it likely shows a crowd without annotations.
    private const double MostOfImage = 3;

    // Between the two a box is neither: not good enough for a face, too near one to be a false alarm.
    private const float Found = 0.5f;
    private const float FalseAlarm = 0.4f;
    private const float Hidden = 0.5f;
    private static readonly Picture Unread = new(1, 1);

    /// <summary>The mistakes of a detector on annotated images.</summary>
    /// <param name="pictures">The images. Boxes in their invalid ones are no false alarms.</param>
    /// <param name="detections">What it finds.</param>
    /// <exception cref="FaceLoupeException">Nothing is recorded for an image.</exception>
    public static IReadOnlyList<Mistake> Find(IReadOnlyList<AnnotatedPicture> pictures, RecordedProposals detections) =>
    [
        .. pictures.SelectMany(picture => Limited(
            [
                .. Find(picture, detections.Propose(Unread, picture.Name))
                    .Where(mistake => mistake.Weight >= LeastWeight),
            ])),
    ];

    private static IEnumerable<Mistake> Limited(List<Mistake> mistakes)
    {
        var share = Math.Min(MostOfImage / mistakes.Sum(mistake => mistake.Weight), 1);
        return mistakes.Select(mistake => mistake with { Weight = share * mistake.Weight });
    }

    private static IEnumerable<Mistake> Find(AnnotatedPicture picture, IReadOnlyList<Proposal> found)
    {
        var falseAlarms =
            from proposal in found
            where picture.Faces.All(face => !Explains(face, proposal.Box))
            select new Mistake(picture, proposal.Box, proposal.Score);
        var missed =
            from face in picture.Faces
            where !face.Invalid && face.Box.IsValid
            let score = found.Where(proposal => Overlap.IoU(face.Box, proposal.Box) >= Found)
                .Max(proposal => (float?)proposal.Score) ?? 0
            select new Mistake(picture, face.Box, 1 - score);
        return falseAlarms.Concat(missed);
    }

    private static bool Explains(FaceAnnotation face, Box box) =>
        Overlap.IoU(face.Box, box) >= FalseAlarm
            || (face.Invalid && Overlap.Coverage(box, face.Box) >= Hidden);
}
