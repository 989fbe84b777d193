namespace FaceLoupe.Geometry;

/// <summary>
/// Distinguishes parts of faces from faces. At a size at which a large face is too large, an eye or a nose may be
/// detected as a face; non-maximum suppression keeps it, since the IoU of a part with its whole is small. Not in the
/// paper.
/// </summary>
internal static class FaceParts
{
    // Of 5,832 annotated faces of WIDER FACE, 3 lie within another that is three times as large (docs/decisions/0022).
    private const float LargestShare = 0.35f;

    /// <summary>Indices of the boxes that are not parts of others, in the given order.</summary>
    /// <param name="boxes">Boxes that non-maximum suppression kept.</param>
    /// <param name="logits">One logit per box.</param>
    /// <param name="within">
    /// Share of a box within a larger one from which it is a part of that, 0 to 1; the larger must be a face rather
    /// than not.
    /// </param>
    public static int[] Without(ReadOnlySpan<Box> boxes, ReadOnlySpan<float> logits, float within)
    {
        var kept = new List<int>(boxes.Length);
        for (var i = 0; i < boxes.Length; i++)
        {
            var isPart = false;
            for (var whole = 0; whole < boxes.Length && !isPart; whole++)
            {
                isPart = logits[whole] >= 0
                    && boxes[i].Area < LargestShare * boxes[whole].Area
                    && Overlap.Coverage(boxes[i], boxes[whole]) >= within;
            }

            if (!isPart)
            {
                kept.Add(i);
            }
        }

        return [.. kept];
    }
}
