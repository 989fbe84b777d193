using FaceLoupe.Imaging;

namespace FaceLoupe.Training.Samples;

/// <summary>What a camera far away and a thrifty encoder do to a picture: blur, then noise, then JPEG.</summary>
internal static class Degradation
{
    public static Picture Apply(Picture picture, DegradationOptions options, bool grayscale, SampleRandom random)
    {
        if (random.Chance(options.BlurChance))
        {
            var box = random.Chance(options.BoxBlurShare);
            var strength = random.NextDouble();
            var deviation = options.MinBlur + ((options.MaxBlur - options.MinBlur) * strength * strength);
            picture = box || deviation > 0 ? Blur.Apply(picture, box ? Blur.Box() : Blur.Gaussian(deviation)) : picture;
        }

        if (random.Chance(options.NoiseChance))
        {
            // Coloured noise would give a black-and-white picture away.
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
}
