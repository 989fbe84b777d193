namespace FaceLoupe.Geometry;

/// <summary>
/// Distinguishes faces from what non-maximum suppression keeps beside them, as its IoU with each face is small: an eye
/// or a nose, found at a size at which the face is too large; a piece of a large face; a box between two faces that
/// touch. Not in the paper.
/// </summary>
internal static class FaceParts
{
    // Of 5,832 annotated faces of WIDER FACE, 3 lie within another that is three times as large (docs/decisions/0022).
    private const float LargestShare = 0.35f;

    // Of these faces, 5 are covered by others to four fifths (docs/decisions/0032).
    private const float SureFace = 0.85f; // a score of 0.7
    private const float Margin = 1;

    /// <summary>Indices of the boxes that are faces of their own, in the given order.</summary>
    /// <param name="boxes">Boxes that non-maximum suppression kept.</param>
    /// <param name="logits">One logit per box.</param>
    /// <param name="within">
    /// Share of a box from which it is no face of its own, 0 to 1: the share within a much larger box that is a face
    /// rather than not, or within all faces together that are sure and surer than the box.
    /// </param>
    public static int[] Without(ReadOnlySpan<Box> boxes, ReadOnlySpan<float> logits, float within)
    {
        var kept = new List<int>(boxes.Length);
        var surer = new List<Box>();
        for (var i = 0; i < boxes.Length; i++)
        {
            var isPart = false;
            surer.Clear();
            for (var whole = 0; whole < boxes.Length && !isPart; whole++)
            {
                var coverage = logits[whole] >= 0 ? Overlap.Coverage(boxes[i], boxes[whole]) : 0;
                isPart = coverage >= within && boxes[i].Area < LargestShare * boxes[whole].Area;
                if (coverage > 0 && logits[whole] >= Math.Max(SureFace, logits[i] + Margin))
                {
                    surer.Add(boxes[whole]);
                }
            }

            if (!isPart && (surer.Count == 0 || Overlap.Coverage(boxes[i], surer) < within))
            {
                kept.Add(i);
            }
        }

        return [.. kept];
    }
}
