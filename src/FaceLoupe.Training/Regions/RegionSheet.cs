using FaceLoupe.Imaging;
using FaceLoupe.Training.Networks;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Regions;

/// <summary>Contact sheet of a few RoIs: low resolution, bicubic, G1, G2, real; two RoIs per row.</summary>
internal static class RegionSheet
{
    public static void Write(string path, Tensor low, GeneratorOutput generated, Tensor real, int regions = 24)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var rows = new List<List<Picture>>();
        for (var i = 0; i < Math.Min(regions, low.shape[0]); i++)
        {
            if (i % 2 == 0)
            {
                rows.Add([]);
            }

            var lowPicture = ToPicture(low, i);
            var realPicture = ToPicture(real, i);
            rows[^1].AddRange(
            [
                lowPicture,
                Resampler.Resize(lowPicture, realPicture.Width, realPicture.Height),
                ToPicture(generated.Upsampled, i),
                ToPicture(generated.Refined, i),
                realPicture,
            ]);
        }

        ContactSheet.Write(path, rows);
    }

    private static Picture ToPicture(Tensor pictures, int index)
    {
        var one = pictures[index].contiguous().cpu();
        return PixelTensor.ToPicture(one.data<float>().ToArray(), (int)one.shape[2], (int)one.shape[1]);
    }
}
