using FaceLoupe.Imaging;
using FaceLoupe.Training.Regions;
using FaceLoupe.Training.Samples.Augmentation;
using FaceLoupe.Training.Tests.Mining;
using FaceLoupe.Training.Tests.Runs;
using TorchSharp;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Tests.Regions;

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
    public void regions_are_taken_unchanged()
    {
        using var scope = NewDisposeScope();

        var batch = RegionBatch.Take(file, [2, 3, 4], []);

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
    public void a_mirrored_region_has_a_mirrored_delta()
    {
        using var scope = NewDisposeScope();
        var mirrored = 0;
        for (var step = 0; step < 8; step++)
        {
            var batch = RegionBatch.Draw(file, 4, 0, 1, step);
            var (low, deltas) = (batch.Low(), batch.Truth().Deltas);
            for (var i = 0; i < 4; i++)
            {
                var shift = deltas[i].data<float>().ToArray();
                var picture = PixelTensor.ToPicture(low[i].contiguous().data<float>().ToArray(), 8, 8);
                var isMirrored = Original(picture, mirror: false) is null;
                var original = Original(picture, isMirrored).ShouldNotBeNull();
                var (tx, ty, tw, th) = original.Delta;
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
        float[] Draw(ulong seed, long step) => RegionBatch.Draw(file, 4, 0, seed, step).High().data<float>().ToArray();

        Draw(3, 7).ShouldBe(Draw(3, 7));
        Draw(3, 8).ShouldNotBe(Draw(3, 7));
        Draw(4, 7).ShouldNotBe(Draw(3, 7));
    }

    [Fact]
    public void native_regions_follow_those_that_go_through_the_generator()
    {
        using var scope = NewDisposeScope();
        using var mixed = new RegionFile(TinyRegions.Write(folder.Of("mixed.regions"), 6, native: i => i >= 4));
        mixed.Blurred.ShouldBe([0, 1, 2, 3]);
        mixed.Native.ShouldBe([4, 5]);
        mixed.Read(5).IsNative.ShouldBeTrue();

        var taken = RegionBatch.Take(mixed, [1], [4, 5]);
        taken.Low().shape.ShouldBe([1, 3, 8, 8]);
        taken.High().shape.ShouldBe([3, 3, 32, 32]);
        taken.Labels.ShouldBe([0f, 1, 0]);

        var drawn = RegionBatch.Draw(mixed, 3, 2, 1, 0);
        drawn.Low().shape.ShouldBe([3, 3, 8, 8]);
        // th names the RoI, 0 for non-faces
        var shifts = drawn.Truth().Deltas.narrow(1, 3, 1).data<float>().ToArray();
        shifts[..3].ShouldAllBe(th => th <= 2);
        shifts[3..].ShouldAllBe(th => th == 4 || th == 0);
    }

    private static RegionSample? Original(Picture low, bool mirror)
    {
        var samples = Enumerable.Range(0, 6).Select(TinyRegions.Sample).ToList();
        if (mirror)
        {
            samples.ForEach(sample => PictureMirror.Apply(sample.Low));
        }

        return samples.Find(sample => sample.Low.Pixels.SequenceEqual(low.Pixels));
    }
}
