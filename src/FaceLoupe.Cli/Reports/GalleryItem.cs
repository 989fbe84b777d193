using FaceLoupe.Cli.Annotation;
using FaceLoupe.Evaluation;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;

namespace FaceLoupe.Cli.Reports;

/// <summary>One mistake, with a picture of it.</summary>
/// <param name="Caption">What is wrong, for people.</param>
/// <param name="Jpeg">The crop with the box marked.</param>
internal sealed record GalleryItem(string Caption, byte[] Jpeg)
{
    private const int Side = 144;
    private const float Surroundings = 3;
    private const float SmallestWindow = 24;

    private static readonly Ink Missed = new(230, 159, 0);
    private static readonly Ink False = new(86, 180, 233);

    /// <summary>Crops missed faces; images that cannot be read are left out.</summary>
    /// <param name="misses">The faces.</param>
    /// <param name="pathOf">Path of an image by its name.</param>
    /// <param name="shownScore">What to show for a score.</param>
    public static IReadOnlyList<GalleryItem> Of(
        IEnumerable<MissedFace> misses, Func<string, string> pathOf, Func<double, double> shownScore) =>
    [
        .. misses.Select(miss => Cut(pathOf(miss.Picture), miss.Face.Box, Missed, SizeOf(miss.Picture, miss.Face.Box)
            + (miss.Score is { } score
                ? FormattableString.Invariant($"only found with a score of {shownScore(score):0.00}")
                : FormattableString.Invariant($"not found (best overlap {miss.Overlap:0.00})")))).OfType<GalleryItem>(),
    ];

    /// <summary>Crops false alarms; images that cannot be read are left out.</summary>
    /// <param name="alarms">The predictions.</param>
    /// <param name="pathOf">Path of an image by its name.</param>
    /// <param name="shownScore">What to show for a score.</param>
    public static IReadOnlyList<GalleryItem> Of(
        IEnumerable<FalseAlarm> alarms, Func<string, string> pathOf, Func<double, double> shownScore) =>
    [
        .. alarms.Select(alarm => Cut(pathOf(alarm.Picture), alarm.Prediction.Box, False,
            SizeOf(alarm.Picture, alarm.Prediction.Box)
            + FormattableString.Invariant($"score {shownScore(alarm.Prediction.Score):0.00}, ")
            + (alarm.IsDuplicate ? "a second box on a face, overlap " : "best overlap with a face ")
            + FormattableString.Invariant($"{alarm.Overlap:0.00}"))).OfType<GalleryItem>(),
    ];

    private static string SizeOf(string picture, in Box box) =>
        FormattableString.Invariant($"{picture}: {box.Width:0.#}x{box.Height:0.#} px, ");

    private static GalleryItem? Cut(string path, in Box box, Ink ink, string caption)
    {
        Picture picture;
        try
        {
            picture = PictureFile.Read(path);
        }
        catch (UnreadablePictureException)
        {
            // Already reported when its faces were counted as missed.
            return null;
        }

        var side = MathF.Max(box.LongerSide * Surroundings, SmallestWindow);
        var window = Box.FromCenter(box.CenterX, box.CenterY, side, side);
        var crop = Resampler.Crop(picture, window, Side, Side);
        var marked = box.Translate(-window.X, -window.Y).Scale(Side / side);
        new PixelCanvas(crop).Frame(
            (int)MathF.Round(marked.X), (int)MathF.Round(marked.Y),
            (int)MathF.Round(marked.Right), (int)MathF.Round(marked.Bottom), 1, ink);
        return new GalleryItem(caption, PictureFile.Encode(crop, PictureFormat.Jpeg, 88));
    }
}
