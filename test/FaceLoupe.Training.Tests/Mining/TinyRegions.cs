using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Training.Regions;
using FaceLoupe.Training.Tests.Stages;

namespace FaceLoupe.Training.Tests.Mining;

/// <summary>Mined RoIs without mining: every second one shows a painted face.</summary>
internal static class TinyRegions
{
    public const int Low = 8;

    public static RegionSample Sample(int i) => Sample(i, false);

    public static RegionSample Sample(int i, bool native)
    {
        var isFace = i % 2 == 0;
        var high = PaintedFaces.Paint(isFace ? [new Box(6 + (i % 3), 7, 20, 20)] : [], i, 4 * Low, 4 * Low);
        return new RegionSample(
            Resampler.Resize(high, Low, Low), high, isFace, 0.5f * i, isFace ? 0.75f : 0.125f, 10 + i,
            isFace ? new BoxDelta(0.5f, -0.25f, 0.125f, i) : default, native);
    }

    public static string Write(string path, int count, Func<int, bool>? native = null)
    {
        using var writer = new RegionFileWriter(path, Low, 4 * Low);
        for (var i = 0; i < count; i++)
        {
            writer.Add(Sample(i, native?.Invoke(i) ?? false));
        }

        writer.Finish();
        return path;
    }
}
