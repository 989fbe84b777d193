using FaceLoupe.Evaluation;
using FaceLoupe.Imaging;

namespace FaceLoupe.Cli.Enhancing;

/// <summary>A face and its enlargements.</summary>
/// <param name="Face">The detected face.</param>
/// <param name="Low">The input of the generator, L x L px.</param>
/// <param name="Bicubic">Its bicubic enlargement, H x H px.</param>
/// <param name="Upsampled">G1's image, H x H px.</param>
/// <param name="Refined">G2's image of G1's, H x H px.</param>
/// <param name="Real">The same crop of a higher-resolution image, H x H px; null if there is none.</param>
internal sealed record EnhancedFace(
    Face Face, Picture Low, Picture Bicubic, Picture Upsampled, Picture Refined, Picture? Real)
{
    /// <summary>Names of the images, in order.</summary>
    public static IReadOnlyList<string> Columns { get; } = ["low", "bicubic", "G1", "G1+G2", "real"];

    /// <summary>The images, in the order of <see cref="Columns"/>.</summary>
    public IReadOnlyList<Picture> Pictures =>
        Real is null ? [Low, Bicubic, Upsampled, Refined] : [Low, Bicubic, Upsampled, Refined, Real];

    /// <summary>
    /// How close the enlarged images are to the real one, from bicubic on; null if there is no real one.
    /// </summary>
    public IReadOnlyList<Quality>? Qualities { get; } = Real is null
        ? null
        : [.. new[] { Bicubic, Upsampled, Refined }.Select(picture => Quality.Of(picture, Real))];
}

/// <summary>How close an image is to the real one.</summary>
/// <param name="Psnr">Peak signal-to-noise ratio, dB.</param>
/// <param name="Ssim">Structural similarity, up to 1.</param>
internal readonly record struct Quality(double Psnr, double Ssim)
{
    /// <summary>Compares two images of one size.</summary>
    public static Quality Of(Picture picture, Picture real) =>
        new(PictureQuality.Psnr(picture, real), PictureQuality.Ssim(picture, real));

    /// <summary>The mean of both, over at least one.</summary>
    public static Quality Mean(IReadOnlyCollection<Quality> qualities) =>
        new(qualities.Average(quality => quality.Psnr), qualities.Average(quality => quality.Ssim));
}
