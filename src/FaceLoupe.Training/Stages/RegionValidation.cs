using FaceLoupe.Evaluation;
using FaceLoupe.Training.Mining;
using FaceLoupe.Training.Networks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FaceLoupe.Training.Stages;

/// <summary>Measures G (and D) on mined validation regions, in evaluation mode as at inference.</summary>
internal sealed class RegionValidation(RegionFile regions, int count)
{
    private const int BatchSize = 32;

    /// <summary>Number of regions that are looked at, spread evenly over the file's beginning.</summary>
    public int Count { get; } = Math.Min(count, regions.Count);

    /// <summary>
    /// Mean PSNR in dB and mean SSIM of bicubic, G1 and G2 over regions (pictures in [-1, 1], so the peak is 2), and
    /// with a discriminator its average precision of "face" on generated and on real regions.
    /// </summary>
    public IReadOnlyDictionary<string, double> Measure(GeneratorNetwork generator, DiscriminatorNetwork? discriminator)
    {
        generator.eval();
        discriminator?.eval();
        var (psnr, ssim) = (new double[3], new double[3]);
        var labels = new List<float>();
        var onGenerated = new List<float>();
        var onReal = new List<float>();
        for (var first = 0; first < Count; first += BatchSize)
        {
            using var noGrad = no_grad();
            using var scope = NewDisposeScope();
            var batch = RegionBatch.Take(regions, first, Math.Min(BatchSize, Count - first));
            var (low, high) = (batch.Low(), batch.High());
            var generated = generator.forward(low);
            Tensor[] restored = [UpsampleNetwork.Enlarge(low), generated.Upsampled, generated.Refined];
            for (var i = 0; i < restored.Length; i++)
            {
                psnr[i] += Psnr(restored[i], high);
                ssim[i] += Ssim(restored[i], high);
            }

            if (discriminator is not null)
            {
                labels.AddRange(batch.Labels);
                onGenerated.AddRange(discriminator.forward(generated.Refined.Clamp(-1, 1)).Face.data<float>().ToArray());
                onReal.AddRange(discriminator.forward(high).Face.data<float>().ToArray());
            }
        }

        generator.train();
        discriminator?.train();
        var result = new Dictionary<string, double>
        {
            ["psnrBicubic"] = psnr[0] / Count, ["psnrUpsampled"] = psnr[1] / Count, ["psnrRefined"] = psnr[2] / Count,
            ["ssimBicubic"] = ssim[0] / Count, ["ssimUpsampled"] = ssim[1] / Count, ["ssimRefined"] = ssim[2] / Count,
        };
        if (discriminator is not null)
        {
            result["faceApGenerated"] = AveragePrecision(onGenerated, labels);
            result["faceApReal"] = AveragePrecision(onReal, labels);
        }

        return result;
    }

    private static double Psnr(Tensor pictures, Tensor real)
    {
        var error = functional.mse_loss(pictures.Clamp(-1, 1), real, Reduction.None).mean([1, 2, 3]);
        return error.data<float>().ToArray().Sum(e => 10 * Math.Log10(4 / Math.Max(e, 1e-8)));
    }

    private static double Ssim(Tensor pictures, Tensor real)
    {
        var (count, height, width) = ((int)real.shape[0], (int)real.shape[2], (int)real.shape[3]);
        var ours = pictures.Clamp(-1, 1).contiguous().data<float>().ToArray();
        var theirs = real.contiguous().data<float>().ToArray();
        var length = 3 * height * width;
        double sum = 0;
        for (var i = 0; i < count; i++)
        {
            sum += PictureQuality.Ssim(
                ours.AsSpan(i * length, length), theirs.AsSpan(i * length, length), width, height);
        }

        return sum;
    }

    private static double AveragePrecision(List<float> scores, List<float> labels)
    {
        var order = Enumerable.Range(0, scores.Count).OrderByDescending(i => scores[i]).ToArray();
        double found = 0, sum = 0;
        for (var rank = 0; rank < order.Length; rank++)
        {
            if (labels[order[rank]] == 1)
            {
                found++;
                sum += found / (rank + 1);
            }
        }

        return found == 0 ? 0 : sum / found;
    }
}
