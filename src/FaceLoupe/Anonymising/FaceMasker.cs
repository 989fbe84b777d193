using FaceLoupe.Geometry;
using FaceLoupe.Imaging;

namespace FaceLoupe.Anonymising;

/// <summary>
/// Hides faces under masks whose strength depends on the size of each face. Pixels outside the masks do not change.
/// Thread-safe for different images.
/// </summary>
public sealed class FaceMasker
{
    private readonly MaskOptions _options;

    /// <summary>Makes a masker.</summary>
    /// <param name="options">How faces are hidden; null: the defaults.</param>
    /// <exception cref="FaceLoupeException">The options are invalid.</exception>
    public FaceMasker(MaskOptions? options = null)
    {
        _options = options ?? new MaskOptions();
        _options.Validate();
    }

    /// <summary>The box around the mask of a face, within the image, in its pixels, unrounded.</summary>
    /// <param name="face">The face's box.</param>
    /// <param name="pictureWidth">Width of the image, in pixels.</param>
    /// <param name="pictureHeight">Height of the image, in pixels.</param>
    public Box MaskOf(Box face, int pictureWidth, int pictureHeight) =>
        MaskArea.Around(
            PictureEdge.Beyond(face, pictureWidth, pictureHeight).Enlarge(_options.Scale), face.Enlarge(_options.Scale))
            .Clip(pictureWidth, pictureHeight);

    /// <summary>Masks faces in place. Where masks overlap, the later one covers what the earlier one left.</summary>
    /// <param name="picture">The image; its pixels are overwritten.</param>
    /// <param name="faces">Boxes of the faces, in pixels of the image; invalid ones are skipped.</param>
    public void Apply(Picture picture, IEnumerable<Box> faces)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(faces);
        foreach (var face in faces.Where(face => face.IsValid))
        {
            Apply(picture, face, null);
        }
    }

    /// <summary>Which pixels of an image the masks of faces and their rims change, row by row.</summary>
    internal bool[] Cover(Picture picture, IEnumerable<Box> faces)
    {
        var cover = new bool[picture.Width * picture.Height];
        foreach (var face in faces.Where(face => face.IsValid))
        {
            var area = Whole(face, picture);
            for (var y = area.Top; y < area.Bottom; y++)
            {
                var (from, to) = area.Columns(y);
                cover.AsSpan((y * picture.Width) + from, to - from).Fill(true);
            }
        }

        return cover;
    }

    /// <summary>Masks the faces of a video's frame in place, each as it was masked in the frames before.</summary>
    /// <param name="picture">The frame; its pixels are overwritten.</param>
    /// <param name="faces">Boxes of the faces with the numbers of their tracks.</param>
    /// <param name="mosaics">What the tracks under way show; tracks that the frame lacks are dropped.</param>
    internal void Apply(Picture picture, IReadOnlyList<(Box Box, long Track)> faces, Dictionary<long, Mosaic> mosaics)
    {
        foreach (var ended in mosaics.Keys.Except(faces.Select(face => face.Track)).ToArray())
        {
            mosaics.Remove(ended);
        }

        foreach (var (box, track) in faces.Where(face => face.Box.IsValid))
        {
            mosaics.TryGetValue(track, out var known);
            if (Apply(picture, box, known) is { } mosaic)
            {
                mosaics[track] = mosaic;
            }
        }
    }

    // What a mask changes, with its rim where it has one.
    private MaskArea Whole(in Box face, Picture picture) =>
        _options.Feather > 0 ? new SoftRim(face, _options, picture).Outer : new MaskArea(face, _options, picture);

    // The painted mosaic, if the mask is one.
    private Mosaic? Apply(Picture picture, in Box face, Mosaic? known)
    {
        var area = new MaskArea(face, _options, picture);
        if (area.IsEmpty)
        {
            return null;
        }

        if (_options.Feather == 0)
        {
            return Paint(picture, area, area, known);
        }

        // Mask and rim are painted alike, from the pixels under the mask alone; then the rim is blended into the image.
        var rim = new SoftRim(face, _options, picture);
        var before = rim.Save(picture);
        var mosaic = Paint(picture, area, rim.Outer, known);
        rim.Mix(picture, before);
        return mosaic;
    }

    private Mosaic? Paint(Picture picture, in MaskArea mask, in MaskArea painted, Mosaic? known)
    {
        switch (_options.Kind)
        {
            case MaskKind.Solid:
                Fill(picture, painted);
                break;
            case MaskKind.Pixelate:
                known ??= Mosaic.Of(picture, mask);
                known.Paint(picture, mask, painted);
                return known;
            default:
                GaussianBlur.Apply(picture, mask, painted);
                break;
        }

        return null;
    }

    private void Fill(Picture picture, in MaskArea area)
    {
        for (var y = area.Top; y < area.Bottom; y++)
        {
            var (from, to) = area.Columns(y);
            for (int x = from, at = picture.OffsetOf(from, y); x < to; x++, at += 3)
            {
                picture.Pixels[at] = _options.Color.Red;
                picture.Pixels[at + 1] = _options.Color.Green;
                picture.Pixels[at + 2] = _options.Color.Blue;
            }
        }
    }
}
