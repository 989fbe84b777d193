using FaceLoupe.Imaging;
using FaceLoupe.Training.Losses;
using FaceLoupe.Training.Samples;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Mining;

/// <summary>A batch of mined regions as plain arrays, made on a background thread.</summary>
internal sealed class RegionBatch
{
    private readonly int count;
    private readonly int lowSide;
    private readonly int highSide;
    private readonly float[] low;
    private readonly float[] high;
    private readonly float[] labels;
    private readonly float[] shifts;

    private RegionBatch(int count, int lowSide, int highSide)
    {
        (this.count, this.lowSide, this.highSide) = (count, lowSide, highSide);
        low = new float[count * 3 * lowSide * lowSide];
        high = new float[count * 3 * highSide * highSide];
        labels = new float[count];
        shifts = new float[4 * count];
    }

    /// <summary>A random batch with random mirror images: a function of seed and step alone.</summary>
    public static RegionBatch Draw(RegionFile file, int count, ulong seed, long step)
    {
        var batch = new RegionBatch(count, file.Low, file.High);
        for (var i = 0; i < count; i++)
        {
            var random = new SampleRandom(seed, (step * count) + i);
            batch.Set(i, file.Read(random.NextInt(file.Count)), random.Chance(0.5));
        }

        return batch;
    }

    /// <summary>Regions first to first + count - 1 as they are.</summary>
    public static RegionBatch Take(RegionFile file, int first, int count)
    {
        var batch = new RegionBatch(count, file.Low, file.High);
        for (var i = 0; i < count; i++)
        {
            batch.Set(i, file.Read(first + i), mirrored: false);
        }

        return batch;
    }

    /// <summary>N x 3 x L x L.</summary>
    public Tensor Low() => tensor(low, [count, 3, lowSide, lowSide]);

    /// <summary>N x 3 x H x H.</summary>
    public Tensor High() => tensor(high, [count, 3, highSide, highSide]);

    public RegionTruth Truth() => new(tensor(labels, [count, 1]), tensor(shifts, [count, 4]));

    /// <summary>1 for faces.</summary>
    public IReadOnlyList<float> Labels => labels;

    private void Set(int i, RegionSample sample, bool mirrored)
    {
        var (lowPixels, highPixels) = (sample.Low, sample.High);
        if (mirrored)
        {
            Mirror.Apply(lowPixels);
            Mirror.Apply(highPixels);
        }

        PixelTensor.Write(lowPixels, low.AsSpan(i * 3 * lowSide * lowSide, 3 * lowSide * lowSide));
        PixelTensor.Write(highPixels, high.AsSpan(i * 3 * highSide * highSide, 3 * highSide * highSide));
        labels[i] = sample.IsFace ? 1 : 0;
        shifts[4 * i] = mirrored ? -sample.Shift.Tx : sample.Shift.Tx;
        shifts[(4 * i) + 1] = sample.Shift.Ty;
        shifts[(4 * i) + 2] = sample.Shift.Tw;
        shifts[(4 * i) + 3] = sample.Shift.Th;
    }
}
