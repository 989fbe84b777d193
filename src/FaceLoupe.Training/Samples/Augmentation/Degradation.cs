using FaceLoupe.Imaging;
using FaceLoupe.Training.Samples.Sources;

namespace FaceLoupe.Training.Samples.Augmentation;

/// <summary>The degradation by a distant camera and strong compression: blur, then noise, then JPEG.</summary>
internal static class Degradation
{
    // A motion of this many deviations blurs about as much as the Gaussian.
    private const double MotionDeviations = 4;

    /// <summary>Degrades an image.</summary>
    /// <param name="picture">The image.</param>
    /// <param name="options">Chances and strengths.</param>
    /// <param name="grayscale">Whether the image has no colour.</param>
    /// <param name="random">Draws.</param>
    /// <param name="face">Longer side of its median face, px; 0: none.</param>
    public static Picture Apply(
        Picture picture, DegradationOptions options, bool grayscale, SampleRandom random, double face = 0)
    {
        if (options.ResampleChance > 0 && random.Chance(options.ResampleChance))
        {
            var factor = random.Between(options.MinResample, 1);
            var (width, height) = (picture.Width, picture.Height);
            picture = Resampler.Resize(
                picture, Math.Max(1, (int)(width * factor)), Math.Max(1, (int)(height * factor)));
            picture = Resampler.Resize(picture, width, height);
        }

        if (random.Chance(options.BlurChance))
        {
            picture = Blurred(picture, options, random, face);
        }

        if (random.Chance(options.NoiseChance))
        {
            // No coloured noise on a black-and-white image.
            var grain = random.Chance(options.GrainShare) || grayscale;
            Noise.Add(picture, random.Between(0, options.MaxNoise), grain, random);
        }

        if (random.Chance(options.JpegChance))
        {
            var quality = options.MinJpegQuality + random.NextInt(options.MaxJpegQuality - options.MinJpegQuality + 1);
            var bytes = PictureFile.Encode(picture, PictureFormat.Jpeg, quality);
            picture = PictureFile.Decode(bytes, "canvas");
        }

        return picture;
    }

    private static Picture Blurred(Picture picture, DegradationOptions options, SampleRandom random, double face)
    {
        var box = random.Chance(options.BoxBlurShare);
        var strength = random.NextDouble();
        var most = Math.Max(options.MaxBlur, options.MaxBlurOfFace * face);
        var deviation = options.MinBlur + ((most - options.MinBlur) * strength * strength);
        if (options.MotionBlurShare > 0 && random.Chance(options.MotionBlurShare))
        {
            return Blur.Motion(picture, MotionDeviations * deviation, random.Between(0, Math.PI));
        }

        return box || deviation > 0 ? Blur.Apply(picture, box ? Blur.Box() : GaussianKernel.Of(deviation)) : picture;
    }
}
