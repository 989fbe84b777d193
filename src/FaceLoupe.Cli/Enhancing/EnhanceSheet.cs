using FaceLoupe.Cli.Plotting;
using FaceLoupe.Imaging;
using SkiaSharp;

namespace FaceLoupe.Cli.Enhancing;

/// <summary>
/// The contact sheet of an image's faces, a row per face (two in sheets of many): low resolution, bicubic, G1, G1+G2,
/// real; captions above the columns.
/// </summary>
internal static class EnhanceSheet
{
    private const int Gap = 4;
    private const int CaptionHeight = 22;
    private const int FacesInOneColumn = 8;

    /// <summary>Draws the sheet.</summary>
    public static Picture Draw(IReadOnlyList<EnhancedFace> faces)
    {
        // A face without a real crop leaves its cell empty.
        var columns = faces.Max(face => face.Pictures.Count);
        var perRow = faces.Count > FacesInOneColumn ? 2 : 1;
        var side = faces[0].Refined.Width;
        var blank = new Picture(side, side);
        var rows = faces.Select(face => face.Pictures.Concat(Enumerable.Repeat(blank, columns - face.Pictures.Count)))
            .Chunk(perRow).Select(row => (IReadOnlyList<Picture>)[.. row.SelectMany(pictures => pictures)]).ToArray();
        var cells = ContactSheet.Layout(rows, Gap);
        var captions = Enumerable.Range(0, perRow * columns).Select(i => EnhancedFace.Columns[i % columns]);
        return Under(Captions(cells.Width, side, [.. captions]), cells);
    }

    private static Picture Under(Picture above, Picture below) =>
        new(below.Width, above.Height + below.Height, [.. above.Pixels, .. below.Pixels]);

    private static Picture Captions(int width, int cell, IReadOnlyList<string> captions) => Lettering.Draw(
        width, CaptionHeight, new SKColor(32, 32, 32), SKColors.White, 13, CaptionHeight - 6,
        captions.Select((caption, i) => (caption, Gap + (i * (cell + Gap)) + (cell / 2f))));
}
