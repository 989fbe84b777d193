using FaceLoupe.Imaging;
using FaceLoupe.Training.Samples.Sources;

namespace FaceLoupe.Training.Samples.Augmentation;

/// <summary>
/// One draw of light and colour for any number of images: a curve per channel (cast, gamma, contrast, brightness), then
/// a mix of the channels (saturation, black and white, brown toning).
/// </summary>
internal sealed class Photometry
{
    private const float RedWeight = 0.299f;
    private const float GreenWeight = 0.587f;
    private const float BlueWeight = 0.114f;
    private const double MidGrey = 127.5;

    private readonly float[][] curves;
    private readonly float saturation;
    private readonly float[] toning;

    private Photometry(float[][] curves, float saturation, float[] toning)
    {
        this.curves = curves;
        this.saturation = saturation;
        this.toning = toning;
    }

    /// <summary>Whether the result has no colour.</summary>
    public bool IsGrayscale => saturation == 0;

    public static Photometry Draw(PhotometryOptions options, SampleRandom random)
    {
        var brightness = 0.0;
        var contrast = 1.0;
        var gamma = 1.0;
        var saturation = 1.0;
        double[] cast = [1, 1, 1];
        if (random.Chance(options.LightChance))
        {
            brightness = random.Between(-options.Brightness, options.Brightness);
            contrast = random.LogBetween(1 / options.Contrast, options.Contrast);
            gamma = random.LogBetween(1 / options.Gamma, options.Gamma);
            saturation = Math.Max(random.Between(1 - options.Saturation, 1 + options.Saturation), 0.01);
            for (var channel = 0; channel < 3; channel++)
            {
                cast[channel] = 1 + random.Between(-options.ColourCast, options.ColourCast);
            }
        }

        float[] toning = [1, 1, 1];
        if (random.Chance(options.GrayscaleChance))
        {
            saturation = 0;
            if (random.Chance(options.SepiaChance))
            {
                var strength = (float)random.NextDouble();
                toning = [1 + (0.07f * strength), 1, 1 - (0.18f * strength)];
            }
        }

        var curves = cast.Select(gain => Curve(gain, gamma, contrast, brightness)).ToArray();
        return new Photometry(curves, (float)saturation, toning);
    }

    /// <summary>Changes the pixels in place.</summary>
    public void Apply(Picture picture)
    {
        var pixels = picture.Pixels;
        var (red, green, blue) = (curves[0], curves[1], curves[2]);
        for (var i = 0; i < pixels.Length; i += 3)
        {
            var r = red[pixels[i]];
            var g = green[pixels[i + 1]];
            var b = blue[pixels[i + 2]];
            var grey = (RedWeight * r) + (GreenWeight * g) + (BlueWeight * b);
            pixels[i] = ToByte((grey + (saturation * (r - grey))) * toning[0]);
            pixels[i + 1] = ToByte((grey + (saturation * (g - grey))) * toning[1]);
            pixels[i + 2] = ToByte((grey + (saturation * (b - grey))) * toning[2]);
        }
    }

    private static float[] Curve(double gain, double gamma, double contrast, double brightness)
    {
        var curve = new float[256];
        for (var value = 0; value < curve.Length; value++)
        {
            var lit = 255 * Math.Pow(Math.Min(value * gain / 255, 1), gamma);
            curve[value] = (float)Math.Clamp(MidGrey + (contrast * (lit - MidGrey)) + brightness, 0, 255);
        }

        return curve;
    }

    private static byte ToByte(float value) => (byte)(Math.Clamp(value, 0, 255) + 0.5f);
}
