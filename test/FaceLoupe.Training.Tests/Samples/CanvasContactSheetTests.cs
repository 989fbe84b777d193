using System.Diagnostics;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Training.Samples;
using FaceLoupe.Training.Samples.Layout;

namespace FaceLoupe.Training.Tests.Samples;

/// <summary>
/// For the eye: with FACELOUPE_CONTACT_SHEET=FILE.png set, writes canvases with their boxes, degraded above sharp
/// (faces green, ignored red), and beside it FILE.png.txt with what a canvas costs
/// (the first line with decoding, the others without).
/// </summary>
public class CanvasContactSheetTests
{
    private const int Columns = 6;
    private const int Rows = 2;

    [Fact]
    public void a_contact_sheet_of_real_canvases_is_written()
    {
        if (Environment.GetEnvironmentVariable("FACELOUPE_CONTACT_SHEET") is not { Length: > 0 } path)
        {
            Assert.Skip("FACELOUPE_CONTACT_SHEET names no file to write.");
            return;
        }

        var sampler = new CanvasSampler(SharedData.SourcesOrSkip(), new CanvasOptions(), seed: 7);
        const int Side = 512;
        var sheet = new Picture(Columns * Side, 2 * Rows * Side);
        for (var i = 0; i < Columns * Rows; i++)
        {
            var canvas = sampler.Sample(i, withHighResolution: true);
            var left = i % Columns * Side;
            var top = i / Columns * 2 * Side;
            var scale = Side / (float)canvas.Degraded.Width;
            Paste(Marked(Resampler.Resize(canvas.Degraded, Side, Side), canvas, scale), sheet, left, top);
            Paste(Marked(Resampler.Resize(canvas.HighResolution!, Side, Side), canvas, scale), sheet, left, top + Side);
        }

        PictureFile.Write(sheet, path);
        var costs = new[] { false, false, true }.Select(withHighResolution => Cost(sampler, withHighResolution));
        File.WriteAllLines(path + ".txt", costs);
    }

    private static string Cost(CanvasSampler sampler, bool withHighResolution)
    {
        const int Samples = 150;
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < Samples; i++)
        {
            sampler.Sample(1000 + i, withHighResolution);
        }

        return FormattableString.Invariant(
            $"{watch.Elapsed.TotalMilliseconds / Samples:F1} ms per canvas, sharp view: {withHighResolution}");
    }

    private static Picture Marked(Picture picture, TrainingCanvas canvas, float scale)
    {
        foreach (var (boxes, colour) in new[] { (canvas.Faces, (byte)1), (canvas.Ignored, (byte)0) })
        {
            foreach (var box in boxes)
            {
                Outline(picture, box.Scale(scale), colour);
            }
        }

        return picture;
    }

    private static void Outline(Picture picture, Box box, byte channel)
    {
        for (var y = 0; y < picture.Height; y++)
        {
            for (var x = 0; x < picture.Width; x++)
            {
                var inside = x >= box.X - 1 && x < box.Right + 1 && y >= box.Y - 1 && y < box.Bottom + 1;
                var within = x >= box.X && x < box.Right && y >= box.Y && y < box.Bottom;
                if (inside && !within)
                {
                    picture.Pixels.AsSpan(picture.OffsetOf(x, y), 3).Clear();
                    picture.Pixels[picture.OffsetOf(x, y) + channel] = 255;
                }
            }
        }
    }

    private static void Paste(Picture part, Picture sheet, int left, int top)
    {
        for (var y = 0; y < part.Height; y++)
        {
            part.Pixels.AsSpan(part.OffsetOf(0, y), 3 * part.Width)
                .CopyTo(sheet.Pixels.AsSpan(sheet.OffsetOf(left, top + y)));
        }
    }
}
