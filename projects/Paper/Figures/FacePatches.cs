using FaceLoupe.Datasets;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Models;
using FaceLoupe.Refinement;
using FaceLoupe.Training.Samples;
using FaceLoupe.Training.Samples.Augmentation;

namespace FaceLoupe.Training.Paper.Figures;

/// <summary>Figures 1, 4 and 5: single faces.</summary>
/// <param name="pictures">Annotated images to take faces from.</param>
internal sealed class FacePatches(IReadOnlyList<AnnotatedPicture> pictures)
{
    private const int Tiny = 8; // faces of a figure
    private const float TinyAbove = 8, TinyUpTo = 20;
    private const float MediumAbove = 40, MediumUpTo = 160;
    private const int Side = 96; // of a crop of Figure 4, px
    private const int Whole = 480; // of its image
    private static readonly float[] Factors = [1, 1.5f, 2, 3, 4];

    /// <summary>
    /// Figure 1, one row per face: (a) low resolution, (b) bilinear, (c) G1, (d) G1 and G2 of a model without
    /// regression and context, or of this model, (e) G1 and G2 of this model.
    /// </summary>
    public Picture? Figure1(ModelBundle model, ModelBundle? earlier)
    {
        var (stage, before) = (new SecondStage(model), earlier is null ? null : new SecondStage(earlier));
        var rows = Faces(TinyAbove, TinyUpTo).Select(face =>
        {
            var now = stage.Enlarge(face.Picture, face.Box);
            var then = before?.Enlarge(face.Picture, face.Box) ?? now;
            return (IReadOnlyList<Picture>)
            [
                now.LowResolution, Bilinear(now.LowResolution, stage.HighResolution), now.Upsampled, then.Refined,
                now.Refined,
            ];
        }).ToArray();
        return rows.Length == 0 ? null : ContactSheet.Layout(rows);
    }

    /// <summary>Figure 4: an image with a medium-sized face marked, and the face with context X1.0 to X4.0.</summary>
    public Picture? Figure4()
    {
        if (Faces(MediumAbove, MediumUpTo).Take(1).ToArray() is not [var (picture, box)])
        {
            return null;
        }

        var factor = Math.Min(1, Whole / (float)Math.Max(picture.Width, picture.Height));
        var whole = Resampler.Resize(
            picture, Math.Max(1, (int)(picture.Width * factor)), Math.Max(1, (int)(picture.Height * factor)));
        BoxOutline.Draw(whole, box.Scale(factor), BoxOutline.Red);
        var crops = Factors.Select(context =>
        {
            var window = box.ToSquare().Enlarge(context);
            var crop = Resampler.Crop(picture, window, Side, Side);
            BoxOutline.Draw(crop, box.Translate(-window.X, -window.Y).Scale(Side / window.Width), BoxOutline.Red);
            return crop;
        }).ToArray();
        var strip = ContactSheet.Layout([crops]);
        return Stack(whole, strip);
    }

    /// <summary>Figure 5: blurry faces above, generated ones below.</summary>
    public Picture? Figure5(ModelBundle model)
    {
        var stage = new SecondStage(model);
        var shown = Faces(TinyAbove, TinyUpTo).Select(face => stage.Enlarge(face.Picture, face.Box)).ToArray();
        return shown.Length == 0
            ? null
            : ContactSheet.Layout([[.. shown.Select(face => face.Bicubic)], [.. shown.Select(face => face.Refined)]]);
    }

    /// <summary>Bilinear enlargement, as in the paper's Figure 1 (b).</summary>
    internal static Picture Bilinear(Picture source, int side)
    {
        var result = new Picture(side, side);
        for (var y = 0; y < side; y++)
        {
            for (var x = 0; x < side; x++)
            {
                Rotation.Sample(
                    source, ((x + 0.5) * source.Width / side) - 0.5, ((y + 0.5) * source.Height / side) - 0.5,
                    result.Pixels.AsSpan(result.OffsetOf(x, y), 3));
            }
        }

        return result;
    }

    private static Picture Stack(Picture above, Picture below)
    {
        var stacked = new Picture(Math.Max(above.Width, below.Width), above.Height + below.Height);
        foreach (var (picture, top) in new[] { (above, 0), (below, above.Height) })
        {
            for (var y = 0; y < picture.Height; y++)
            {
                picture.Pixels.AsSpan(picture.OffsetOf(0, y), 3 * picture.Width)
                    .CopyTo(stacked.Pixels.AsSpan(stacked.OffsetOf(0, top + y)));
            }
        }

        return stacked;
    }

    // One face per image, spread over the set; where too few are in the range, the next larger ones.
    private IEnumerable<(Picture Picture, Box Box)> Faces(float above, float upTo)
    {
        (string Path, FaceAnnotation Face)[] having =
        [
            .. from picture in pictures
               let face = picture.Faces.Where(face => !face.Invalid && face.Box.LongerSide > above)
                   .MinBy(face => face.Box.LongerSide)
               where face is not null
               select (picture.Path, face),
        ];
        var within = having.Where(face => face.Face.Box.LongerSide <= upTo).ToArray();
        var shown = within.Length >= Tiny
            ? EvenSample.Of(within, Tiny)
            : [.. having.OrderBy(face => face.Face.Box.LongerSide).Take(Tiny)];
        foreach (var (path, face) in shown)
        {
            Picture picture;
            try
            {
                picture = PictureFile.Read(path);
            }
            catch (UnreadablePictureException)
            {
                continue; // reported by the evaluation
            }

            yield return (picture, face.Box);
        }
    }
}
