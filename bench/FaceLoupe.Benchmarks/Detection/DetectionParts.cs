using FaceLoupe.Crops;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Models;
using FaceLoupe.Proposals;
using FaceLoupe.Tests.Imaging;

namespace FaceLoupe.Benchmarks.Detection;

/// <summary>Optimised parts, each with its naive twin.</summary>
internal static class DetectionParts
{
    /// <summary>Pairs: the optimised part first.</summary>
    public static IEnumerable<Subject[]> Of(BenchPictures pictures, ModelManifest model)
    {
        var small = pictures.Tiled(256, 192, 256).Picture;
        yield return
        [
            new Subject("256x192 resized by 2", () => Resampler.Resize(small, 512, 384)),
            new Subject("naive, double precision", () => NaiveResampler.Resize(small, 512, 384)),
        ];

        var picture = pictures.Common.Picture;
        var input = new float[3 * 2 * picture.Width * 2 * picture.Height];
        var whole = new Box(0, 0, picture.Width, picture.Height);
        yield return
        [
            new Subject("1024x768 by 2 to network input", () =>
                Resampler.Crop(picture, whole, 2 * picture.Width, 2 * picture.Height, input, threads: 0)),
            new Subject("on one thread", () =>
                Resampler.Crop(picture, whole, 2 * picture.Width, 2 * picture.Height, input)),
            new Subject("resized, then converted", () =>
                PixelTensor.Write(Resampler.Crop(picture, whole, 2 * picture.Width, 2 * picture.Height), input)),
        ];

        var cropper = new ContextCropper(model.Context);
        var side = model.Generator.LowResolution;
        Proposal[] proposals =
            [.. Enumerable.Range(0, 600).Select(i => new Proposal(new Box(i % 30 * 30, i / 30 * 30, 14, 16), 0))];
        var crops = new float[proposals.Length * 3 * side * side];
        yield return
        [
            new Subject("600 crops", () => cropper.Crop(picture, proposals, side, crops)),
            new Subject("naive, double precision", () =>
            {
                foreach (var proposal in proposals)
                {
                    NaiveResampler.Crop(picture, cropper.Window(proposal.Box), side, side);
                }
            }),
        ];
    }
}
