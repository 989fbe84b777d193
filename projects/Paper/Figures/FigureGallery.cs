using FaceLoupe.Datasets;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Predictions;
using FaceLoupe.Training.Samples;

namespace FaceLoupe.Training.Paper.Figures;

/// <summary>Figures 1 and 10: images with boxes.</summary>
internal static class FigureGallery
{
    private const int Pictures = 6;
    private const int Columns = 2;
    private const int Side = 640; // of an image, px
    private const float SameFace = 0.5f; // IoU

    /// <summary>Figure 10: annotations in green, results in red; images with faces, spread over the set.</summary>
    /// <param name="pictures">The images.</param>
    /// <param name="found">Boxes of every score, by image name.</param>
    /// <param name="threshold">Logit from which a box is shown.</param>
    public static Picture? Figure10(
        IReadOnlyList<AnnotatedPicture> pictures, IReadOnlyDictionary<string, IReadOnlyList<ScoredBox>> found,
        double threshold) =>
        Sheet(EvenSample.Of([.. pictures.Where(picture => picture.Faces.Count > 0)], Pictures), picture =>
        [
            .. picture.Faces.Where(face => !face.Invalid).Select(face => (face.Box, BoxOutline.Green)),
            .. Confident(found[picture.Name], threshold).Select(box => (box, BoxOutline.Red)),
        ]);

    /// <summary>Figure 1's images: an earlier model's boxes in green, this one's additional boxes in red.</summary>
    public static Picture? Figure1(
        IReadOnlyList<AnnotatedPicture> pictures, IReadOnlyDictionary<string, IReadOnlyList<ScoredBox>> found,
        double threshold, IReadOnlyDictionary<string, IReadOnlyList<ScoredBox>> earlier, double earlierThreshold)
    {
        (AnnotatedPicture Picture, Box[] Before, Box[] New)[] compared =
        [
            .. pictures.Select(picture =>
            {
                Box[] before = [.. Confident(earlier[picture.Name], earlierThreshold)];
                return (picture, before, Confident(found[picture.Name], threshold)
                    .Where(box => before.All(other => Overlap.IoU(box, other) < SameFace)).ToArray());
            }).OrderByDescending(pair => pair.Item3.Length).Take(Columns),
        ];
        return Sheet([.. compared.Select(pair => pair.Picture)], picture =>
        {
            var (_, before, added) = compared.First(pair => ReferenceEquals(pair.Picture, picture));
            return [.. before.Select(box => (box, BoxOutline.Green)), .. added.Select(box => (box, BoxOutline.Red))];
        });
    }

    private static IEnumerable<Box> Confident(IReadOnlyList<ScoredBox> found, double threshold) =>
        found.Where(box => box.Score >= threshold).Select(box => box.Box);

    private static Picture? Sheet(
        IReadOnlyList<AnnotatedPicture> pictures,
        Func<AnnotatedPicture, IReadOnlyList<(Box Box, (byte Red, byte Green, byte Blue) Ink)>> boxes)
    {
        var cells = new List<Picture>();
        foreach (var picture in pictures)
        {
            Picture read;
            try
            {
                read = PictureFile.Read(picture.Path);
            }
            catch (UnreadablePictureException)
            {
                continue; // reported by the search for faces
            }

            var factor = Side / (float)Math.Max(read.Width, read.Height);
            var cell = Resampler.Resize(read, Scaled(read.Width), Scaled(read.Height));
            foreach (var (box, ink) in boxes(picture))
            {
                BoxOutline.Draw(cell, box.Scale(factor), ink);
            }

            cells.Add(cell);

            int Scaled(int side) => Math.Max(1, (int)MathF.Round(side * factor));
        }

        return cells.Count == 0 ? null : ContactSheet.Layout([.. cells.Chunk(Columns)]);
    }
}
