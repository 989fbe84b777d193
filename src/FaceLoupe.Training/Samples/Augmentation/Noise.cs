using FaceLoupe.Imaging;
using FaceLoupe.Training.Samples.Sources;

namespace FaceLoupe.Training.Samples.Augmentation;

/// <summary>Gaussian noise.</summary>
internal static class Noise
{
    /// <summary>Adds noise in place.</summary>
    /// <param name="picture">The image to change.</param>
    /// <param name="deviation">Standard deviation, of a scale of 255.</param>
    /// <param name="grain">True for the same noise in all three channels.</param>
    /// <param name="random">Where the noise comes from.</param>
    public static void Add(Picture picture, double deviation, bool grain, SampleRandom random)
    {
        var pixels = picture.Pixels;
        var values = new float[(grain ? pixels.Length / 3 : pixels.Length) + 1];
        for (var i = 0; i + 1 < values.Length; i += 2)
        {
            (values[i], values[i + 1]) = random.NextNormals();
        }

        for (var i = 0; i < pixels.Length; i++)
        {
            var value = pixels[i] + ((float)deviation * values[grain ? i / 3 : i]);
            pixels[i] = (byte)(Math.Clamp(value, 0, 255) + 0.5f);
        }
    }
}
