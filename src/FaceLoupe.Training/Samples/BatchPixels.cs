using FaceLoupe.Imaging;

namespace FaceLoupe.Training.Samples;

/// <summary>Images of one size in an array for a tensor N x 3 x H x W.</summary>
internal static class BatchPixels
{
    /// <summary>Writes an image in its place.</summary>
    /// <param name="picture">H x W pixels.</param>
    /// <param name="batch">N x 3 x H x W values from -1 to 1.</param>
    /// <param name="index">Index in the batch, from 0.</param>
    /// <param name="count">N.</param>
    /// <exception cref="ArgumentException">The image has another size than its place.</exception>
    public static void Write(Picture picture, float[] batch, int index, int count)
    {
        var length = batch.Length / count;
        PixelTensor.Write(picture, batch.AsSpan(index * length, length));
    }

    /// <summary>The first canvases of a sampler, for measurements on a network.</summary>
    /// <param name="sampler">Makes them.</param>
    /// <param name="count">Their number, N.</param>
    /// <param name="size">Their side, H and W.</param>
    public static float[] First(CanvasSampler sampler, int count, int size)
    {
        var pixels = new float[count * 3 * size * size];
        for (var i = 0; i < count; i++)
        {
            Write(sampler.Sample(i, withHighResolution: false).Degraded, pixels, i, count);
        }

        return pixels;
    }
}
