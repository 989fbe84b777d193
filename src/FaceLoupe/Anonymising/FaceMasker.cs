using FaceLoupe.Geometry;
using FaceLoupe.Imaging;

namespace FaceLoupe.Anonymising;

/// <summary>
/// Hides faces under masks whose strength goes by the size of each face. Outside of the masks nothing changes. Safe to
/// use from many threads, on a picture each.
/// </summary>
public sealed class FaceMasker
{
    private readonly MaskOptions _options;

    /// <summary>Makes a masker.</summary>
    /// <param name="options">How faces are hidden; null: the defaults.</param>
    /// <exception cref="FaceLoupeException">The options are impossible.</exception>
    public FaceMasker(MaskOptions? options = null)
    {
        _options = options ?? new MaskOptions();
        _options.Validate();
    }

    /// <summary>The box around the mask of a face, within the picture, in its pixels, unrounded.</summary>
    /// <param name="face">The face's box.</param>
    /// <param name="pictureWidth">Width of the picture, in pixels.</param>
    /// <param name="pictureHeight">Height of the picture, in pixels.</param>
    public Box MaskOf(Box face, int pictureWidth, int pictureHeight) =>
        MaskArea.Around(
            PictureEdge.Beyond(face, pictureWidth, pictureHeight).Enlarge(_options.Scale), face.Enlarge(_options.Scale))
            .Clip(pictureWidth, pictureHeight);

    /// <summary>Masks faces in place. Where masks overlap, the later one covers what the earlier one left.</summary>
    /// <param name="picture">The picture; its pixels are overwritten.</param>
    /// <param name="faces">Boxes of the faces, in pixels of the picture; invalid ones are skipped.</param>
    public void Apply(Picture picture, IEnumerable<Box> faces)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(faces);
        foreach (var face in faces.Where(face => face.IsValid))
        {
            Apply(picture, new MaskArea(face, _options, picture), null);
        }
    }

    /// <summary>Which pixels of a picture the masks of faces cover, row by row.</summary>
    internal bool[] Cover(Picture picture, IEnumerable<Box> faces)
    {
        var cover = new bool[picture.Width * picture.Height];
        foreach (var face in faces.Where(face => face.IsValid))
        {
            var area = new MaskArea(face, _options, picture);
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
            if (Apply(picture, new MaskArea(box, _options, picture), known) is { } mosaic)
            {
                mosaics[track] = mosaic;
            }
        }
    }

    // The mosaic that was painted, if it was one.
    private Mosaic? Apply(Picture picture, in MaskArea area, Mosaic? known)
    {
        if (area.IsEmpty)
        {
            return null;
        }

        switch (_options.Kind)
        {
            case MaskKind.Solid:
                Fill(picture, area);
                break;
            case MaskKind.Pixelate:
                known ??= Mosaic.Of(picture, area);
                known.Paint(picture, area);
                return known;
            default:
                GaussianBlur.Apply(picture, area);
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
