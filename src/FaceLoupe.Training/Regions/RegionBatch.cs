using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Training.Losses;
using FaceLoupe.Training.Samples;
using FaceLoupe.Training.Samples.Sources;
using TorchSharp;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Regions;

/// <summary>A batch of mined RoIs as arrays, made on a background thread.</summary>
internal sealed class RegionBatch
{
    private readonly int count;
    private readonly int blurred;
    private readonly int lowSide;
    private readonly int highSide;
    private readonly float[] low;
    private readonly float[] high;
    private readonly float[] labels;
    private readonly float[] deltas;
    private readonly float[]? landmarks;
    private readonly float[]? known;

    private RegionBatch(int blurred, int native, RegionFile file)
    {
        var (lowSide, highSide) = (file.Low, file.High);
        (count, this.blurred, this.lowSide, this.highSide) = (blurred + native, blurred, lowSide, highSide);
        if (file.HasLandmarks)
        {
            (landmarks, known) = (new float[RegionFormat.LandmarkNumbers * count], new float[count]);
        }

        low = new float[blurred * 3 * lowSide * lowSide];
        high = new float[count * 3 * highSide * highSide];
        labels = new float[count];
        deltas = new float[4 * count];
    }

    /// <summary>A random, randomly mirrored batch, RoIs for G first: a function of seed and step alone.</summary>
    public static RegionBatch Draw(RegionFile file, int blurred, int native, ulong seed, long step)
    {
        var batch = new RegionBatch(blurred, native, file);
        for (var i = 0; i < batch.count; i++)
        {
            var random = new SampleRandom(seed, (step * batch.count) + i);
            var from = i < blurred ? file.Blurred : file.Native;
            var place = i < blurred ? (step * blurred) + i : (step * native) + i - blurred;
            var drawn = file.IsSharded ? RegionOrder.At(from.Count, seed, place) : random.NextInt(from.Count);
            batch.Set(i, file.Read(from[drawn]), random.Chance(0.5));
        }

        return batch;
    }

    /// <summary>The RoIs with these numbers, unmirrored, those for G first.</summary>
    public static RegionBatch Take(RegionFile file, IReadOnlyList<int> blurred, IReadOnlyList<int> native)
    {
        var batch = new RegionBatch(blurred.Count, native.Count, file);
        for (var i = 0; i < batch.count; i++)
        {
            batch.Set(i, file.Read(i < blurred.Count ? blurred[i] : native[i - blurred.Count]), mirrored: false);
        }

        return batch;
    }

    /// <summary>B x 3 x L x L: the RoIs for G.</summary>
    /// <param name="device">Target device; null: the CPU.</param>
    public Tensor Low(torch.Device? device = null) => tensor(low, [blurred, 3, lowSide, lowSide], device: device);

    /// <summary>N x 3 x H x H; the first B are the originals of <see cref="Low"/>.</summary>
    /// <param name="device">Target device; null: the CPU.</param>
    public Tensor High(torch.Device? device = null) => tensor(high, [count, 3, highSide, highSide], device: device);

    /// <summary>The targets of D.</summary>
    /// <param name="device">Target device; null: the CPU.</param>
    public RegionTruth Truth(torch.Device? device = null) =>
        new(tensor(labels, [count, 1], device: device), tensor(deltas, [count, 4], device: device))
        {
            Landmarks = landmarks is null
                ? null : tensor(landmarks, [count, RegionFormat.LandmarkNumbers], device: device),
            HasLandmarks = known is null ? null : tensor(known, [count, 1], device: device),
        };

    /// <summary>How likely each is a face: 1 or 0, or between them if other detectors looked too.</summary>
    public IReadOnlyList<float> Labels => labels;

    private void Set(int i, RegionSample sample, bool mirrored)
    {
        var (lowPixels, highPixels) = (sample.Low, sample.High);
        if (mirrored)
        {
            PictureMirror.Apply(lowPixels);
            PictureMirror.Apply(highPixels);
        }

        if (i < blurred)
        {
            BatchPixels.Write(lowPixels, low, i, blurred);
        }

        BatchPixels.Write(highPixels, high, i, count);
        labels[i] = sample.Chance;
        deltas[4 * i] = mirrored ? -sample.Delta.Tx : sample.Delta.Tx;
        deltas[(4 * i) + 1] = sample.Delta.Ty;
        deltas[(4 * i) + 2] = sample.Delta.Tw;
        deltas[(4 * i) + 3] = sample.Delta.Th;
        if (landmarks is not null && sample.Landmarks is { } points)
        {
            Write(mirrored ? points.Mirror(0) : points, landmarks.AsSpan(RegionFormat.LandmarkNumbers * i));
            known![i] = 1;
        }
    }

    private static void Write(FaceLandmarks points, Span<float> numbers)
    {
        for (var i = 0; i < FaceLandmarks.Count; i++)
        {
            numbers[2 * i] = points.Points[i].X / FaceLandmarks.Deviation;
            numbers[(2 * i) + 1] = points.Points[i].Y / FaceLandmarks.Deviation;
        }
    }
}
