using FaceLoupe.Cli.Inputs;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;

namespace FaceLoupe.Cli.Detection.FacePictures;

/// <summary>Each face cut out of its image, without resampling.</summary>
/// <param name="names">Where the crops go.</param>
/// <param name="scale">Sides of a crop over those of the box; it is clipped to the image.</param>
internal sealed class FaceCrops(FaceFileNames names, float scale) : IFacePictures
{
    public void Write(PicturePlace place, Picture picture, IReadOnlyList<Face> faces)
    {
        for (var i = 0; i < faces.Count; i++)
        {
            PictureFile.Write(Cut(picture, faces[i].Box.Enlarge(scale)), names.For(place, i + 1));
        }
    }

    /// <summary>The whole pixels that a box touches.</summary>
    internal static Picture Cut(Picture picture, in Box box)
    {
        var inside = box.Clip(picture.Width, picture.Height);
        int left = Math.Min((int)inside.X, picture.Width - 1), top = Math.Min((int)inside.Y, picture.Height - 1);
        var width = Math.Max((int)MathF.Ceiling(inside.Right) - left, 1);
        var height = Math.Max((int)MathF.Ceiling(inside.Bottom) - top, 1);
        var crop = new Picture(width, height);
        for (var y = 0; y < height; y++)
        {
            picture.Pixels.AsSpan(picture.OffsetOf(left, top + y), 3 * width)
                .CopyTo(crop.Pixels.AsSpan(crop.OffsetOf(0, y)));
        }

        return crop;
    }
}
