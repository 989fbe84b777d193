using FaceLoupe.Imaging;
using FaceLoupe.Training.Mining;
using FaceLoupe.Training.Samples;
using FaceLoupe.Training.Tests.Runs;
using TorchSharp;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Tests.Mining;

public sealed class RegionBatchTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly RegionFile file;

    public RegionBatchTests() => file = new RegionFile(TinyRegions.Write(folder.Of("some.regions"), 6));

    public void Dispose()
    {
        file.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void regions_are_taken_as_they_are()
    {
        using var scope = NewDisposeScope();

        var batch = RegionBatch.Take(file, 2, 3);

        batch.Labels.ShouldBe([1f, 0, 1]);
        batch.Low().shape.ShouldBe([3, 3, 8, 8]);
        batch.High().shape.ShouldBe([3, 3, 32, 32]);
        var pixels = new float[3 * 8 * 8];
        PixelTensor.Write(TinyRegions.Sample(3).Low, pixels);
        batch.Low()[1].contiguous().data<float>().ToArray().ShouldBe(pixels);
        var truth = batch.Truth();
        truth.Labels.data<float>().ToArray().ShouldBe([1f, 0, 1]);
        truth.Deltas[2].data<float>().ToArray().ShouldBe([0.5f, -0.25f, 0.125f, 4]);
    }

    [Fact]
    public void a_mirrored_region_has_its_face_shifted_the_other_way()
    {
        using var scope = NewDisposeScope();
        var mirrored = 0;
        for (var step = 0; step < 8; step++)
        {
            var batch = RegionBatch.Draw(file, 4, 1, step);
            var (low, deltas) = (batch.Low(), batch.Truth().Deltas);
            for (var i = 0; i < 4; i++)
            {
                var shift = deltas[i].data<float>().ToArray();
                var picture = PixelTensor.ToPicture(low[i].contiguous().data<float>().ToArray(), 8, 8);
                var isMirrored = Original(picture, mirror: false) is null;
                var original = Original(picture, isMirrored).ShouldNotBeNull();
                var (tx, ty, tw, th) = original.Shift;
                shift.ShouldBe([isMirrored ? -tx : tx, ty, tw, th]);
                mirrored += isMirrored ? 1 : 0;
            }
        }

        mirrored.ShouldBeInRange(5, 27); // of 32
    }

    [Fact]
    public void a_batch_is_a_function_of_seed_and_step()
    {
        using var scope = NewDisposeScope();
        float[] Draw(ulong seed, long step) => RegionBatch.Draw(file, 4, seed, step).High().data<float>().ToArray();

        Draw(3, 7).ShouldBe(Draw(3, 7));
        Draw(3, 8).ShouldNotBe(Draw(3, 7));
        Draw(4, 7).ShouldNotBe(Draw(3, 7));
    }

    private static RegionSample? Original(Picture low, bool mirror)
    {
        var samples = Enumerable.Range(0, 6).Select(TinyRegions.Sample).ToList();
        if (mirror)
        {
            samples.ForEach(sample => Mirror.Apply(sample.Low));
        }

        return samples.Find(sample => sample.Low.Pixels.SequenceEqual(low.Pixels));
    }
}
