using FaceLoupe.Imaging;
using SkiaSharp;

namespace FaceLoupe.Cli.Plotting;

/// <summary>
/// Text in the bundled typeface, drawn on plates of one colour. Servers and containers often have no fonts.
/// </summary>
internal static class Lettering
{
    private static readonly Lazy<SKTypeface> LoadedTypeface = new(Load);

    /// <summary>DejaVu Sans.</summary>
    public static SKTypeface Typeface => LoadedTypeface.Value;

    /// <summary>Width of a text, in pixels.</summary>
    /// <param name="text">The text.</param>
    /// <param name="size">Size of the letters, em, in pixels.</param>
    public static float Width(string text, float size)
    {
        using var font = Font(size);
        return font.MeasureText(text);
    }

    /// <summary>A plate with texts on one line.</summary>
    /// <param name="width">Width of the plate, in pixels.</param>
    /// <param name="height">Height of the plate, in pixels.</param>
    /// <param name="plate">Colour of the plate.</param>
    /// <param name="ink">Colour of the letters.</param>
    /// <param name="size">Size of the letters, em, in pixels.</param>
    /// <param name="baseline">Distance of the baseline from the upper edge, in pixels.</param>
    /// <param name="texts">The texts and the distances of their centres from the left edge, in pixels.</param>
    public static Picture Draw(
        int width, int height, SKColor plate, SKColor ink, float size, float baseline,
        IEnumerable<(string Text, float Middle)> texts)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        using var font = Font(size);
        using var paint = new SKPaint { Color = ink, IsAntialias = true };
        canvas.Clear(plate);
        foreach (var (text, middle) in texts)
        {
            canvas.DrawText(text, middle, baseline, SKTextAlign.Center, font, paint);
        }

        canvas.Flush();
        return Picture.FromBitmap(bitmap);
    }

    private static SKFont Font(float size) => new(Typeface, size) { Edging = SKFontEdging.Antialias };

    private static SKTypeface Load()
    {
        using var stream = typeof(Lettering).Assembly.GetManifestResourceStream("DejaVuSans-Latin.ttf")
            ?? throw new InvalidOperationException("The font is missing from the resources of the program.");
        return SKTypeface.FromStream(stream);
    }
}
