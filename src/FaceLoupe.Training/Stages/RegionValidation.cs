using FaceLoupe.Evaluation;
using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Regions;
using FaceLoupe.Training.Samples;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaceLoupe.Training.Stages;

/// <summary>Measures G (and D) on mined validation regions, in evaluation mode as at inference.</summary>
internal sealed class RegionValidation(RegionFile regions, int count)
{
    private const int BatchSize = 32;

    // Not the first of the file: those come from a handful of images.
    private readonly int[] blurred = [.. EvenSample.Of(regions.Blurred, count)];
    private readonly int[] native = [.. EvenSample.Of(regions.Native, count)];

    /// <summary>Number of regions that go through G.</summary>
    public int Count => blurred.Length;

    /// <summary>
    /// Mean PSNR in dB and mean SSIM of bicubic, G1 and G2 over regions (images in [-1, 1], so the peak is 2), and
    /// with a discriminator its average precision of "face" on generated, on real and on native regions, and where it
    /// has a head for landmarks their mean distance on generated and native ones.
    /// </summary>
    public IReadOnlyDictionary<string, double> Measure(GeneratorNetwork generator, DiscriminatorNetwork? discriminator)
    {
        var device = generator.parameters().First().device;
        generator.eval();
        discriminator?.eval();
        var (psnr, ssim) = (new double[3], new double[3]);
        var onGenerated = new ScoredLabels();
        var onReal = new ScoredLabels();
        var onNative = new ScoredLabels();
        var (farGenerated, farNative) = (new LandmarkDistances(), new LandmarkDistances());
        foreach (var numbers in blurred.Chunk(BatchSize))
        {
            using var noGrad = no_grad();
            using var scope = NewDisposeScope();
            var batch = RegionBatch.Take(regions, numbers, []);
            var (low, high) = (batch.Low(device), batch.High(device));
            var generated = generator.forward(low);
            Tensor[] restored = [UpsampleNetwork.Enlarge(low), generated.Upsampled, generated.Refined];
            for (var i = 0; i < restored.Length; i++)
            {
                psnr[i] += Psnr(restored[i], high);
                ssim[i] += Ssim(restored[i], high);
            }

            if (discriminator is not null)
            {
                var judged = discriminator.forward(generated.Refined.Clamp(-1, 1));
                onGenerated.Add(judged, batch);
                farGenerated.Add(judged, batch.Truth(device));
                onReal.Add(discriminator.forward(high), batch);
            }
        }

        foreach (var numbers in discriminator is null ? [] : native.Chunk(BatchSize))
        {
            using var noGrad = no_grad();
            using var scope = NewDisposeScope();
            var batch = RegionBatch.Take(regions, [], numbers);
            var judged = discriminator!.forward(batch.High(device));
            onNative.Add(judged, batch);
            farNative.Add(judged, batch.Truth(device));
        }

        generator.train();
        discriminator?.train();
        var result = new Dictionary<string, double>();
        if (blurred.Length > 0)
        {
            string[] methods = ["Bicubic", "Upsampled", "Refined"];
            for (var i = 0; i < methods.Length; i++)
            {
                result["psnr" + methods[i]] = psnr[i] / blurred.Length;
                result["ssim" + methods[i]] = ssim[i] / blurred.Length;
            }
        }

        if (discriminator is not null && blurred.Length > 0)
        {
            result["faceApGenerated"] = onGenerated.AveragePrecision();
            result["faceApReal"] = onReal.AveragePrecision();
        }

        if (discriminator is not null && native.Length > 0)
        {
            result["faceApNative"] = onNative.AveragePrecision();
        }

        farGenerated.AddTo(result, "Generated");
        farNative.AddTo(result, "Native");

        return result;
    }

    private static double Psnr(Tensor pictures, Tensor real)
    {
        var error = functional.mse_loss(pictures.Clamp(-1, 1), real, Reduction.None).mean([1, 2, 3]);
        return error.cpu().data<float>().ToArray().Sum(e => 10 * Math.Log10(4 / Math.Max(e, 1e-8)));
    }

    private static double Ssim(Tensor pictures, Tensor real)
    {
        var (count, height, width) = ((int)real.shape[0], (int)real.shape[2], (int)real.shape[3]);
        var ours = pictures.Clamp(-1, 1).contiguous().cpu().data<float>().ToArray();
        var theirs = real.contiguous().cpu().data<float>().ToArray();
        var length = 3 * height * width;
        double sum = 0;
        for (var i = 0; i < count; i++)
        {
            sum += PictureQuality.Ssim(
                ours.AsSpan(i * length, length), theirs.AsSpan(i * length, length), width, height);
        }

        return sum;
    }

    private sealed class ScoredLabels
    {
        private readonly List<(double Score, bool Right)> judged = [];

        public void Add(DiscriminatorOutput output, RegionBatch batch)
        {
            judged.AddRange(
                output.Face.cpu().data<float>().Zip(batch.Labels, (score, label) => ((double)score, label == 1)));
        }

        public double AveragePrecision()
        {
            var faces = judged.Count(region => region.Right);
            return faces == 0 ? 0 : PrecisionRecallCurve.Of(judged, faces).AveragePrecision;
        }
    }
}
