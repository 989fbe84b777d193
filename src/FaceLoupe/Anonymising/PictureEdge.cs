using FaceLoupe.Geometry;

namespace FaceLoupe.Anonymising;

/// <summary>
/// Estimates the extent of a face that the edge of the image cuts: its box ends there, the face does not. A mask about
/// such a box would be too narrow where the face meets the edge.
/// </summary>
internal static class PictureEdge
{
    // Width over height of the boxes of whole faces is mostly 0.7 to 0.9.
    private const float LeastWidthOverHeight = 0.85f;
    private const float LeastHeightOverWidth = 1.2f;

    // Boxes end a little before the edge where the detector is not confident.
    private const float NearPixels = 1.5f;
    private const float NearShare = 0.08f;
    private const float LeastBeyond = 0.15f;

    /// <summary>Whether the face extends beyond the left, right, upper or lower edge.</summary>
    public static (bool Left, bool Right, bool Top, bool Bottom) Cut(in Box face, int width, int height)
    {
        var (nearX, nearY) = (Near(face.Width), Near(face.Height));
        return (face.X <= nearX, face.Right >= width - nearX, face.Y <= nearY, face.Bottom >= height - nearY);
    }

    /// <summary>The face's box with the estimated part beyond the edges that cut it.</summary>
    /// <param name="face">The box; must be valid.</param>
    /// <param name="width">Width of the image, in pixels.</param>
    /// <param name="height">Height of the image, in pixels.</param>
    public static Box Beyond(in Box face, int width, int height)
    {
        var cut = Cut(face, width, height);
        var (left, right, top, bottom) = (face.X, face.Right, face.Y, face.Bottom);
        if (cut.Left != cut.Right)
        {
            var missing = Math.Max(LeastBeyond * face.Width, (LeastWidthOverHeight * face.Height) - face.Width);
            (left, right) = cut.Left ? (Math.Min(left, 0) - missing, right) : (left, Math.Max(right, width) + missing);
        }

        if (cut.Top != cut.Bottom)
        {
            var missing = Math.Max(LeastBeyond * face.Height, (LeastHeightOverWidth * face.Width) - face.Height);
            (top, bottom) = cut.Top ? (Math.Min(top, 0) - missing, bottom) : (top, Math.Max(bottom, height) + missing);
        }

        return Box.FromCorners(left, top, right, bottom);
    }

    private static float Near(float side) => Math.Max(NearPixels, NearShare * side);
}
