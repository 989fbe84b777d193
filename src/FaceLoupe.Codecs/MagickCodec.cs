using System.Text.RegularExpressions;
using FaceLoupe.Imaging;
using FaceLoupe.Storage;
using ImageMagick;

namespace FaceLoupe.Codecs;

/// <summary>
/// Decodes with ImageMagick. A file's first bytes choose one of five decoders. Its name and ImageMagick's own
/// detection, which covers two hundred formats and some that run programs, are ignored.
/// </summary>
internal sealed partial class MagickCodec : PictureCodec
{
    private const ulong MostMemory = 4UL << 30;

    private static readonly Lazy<bool> Limits = new(SetLimits);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Formats { get; } = ["HEIC", "AVIF", "TIFF", "JPEG XL", "JPEG 2000"];

    /// <inheritdoc/>
    public override bool Reads(ReadOnlySpan<byte> file) => FormatOf(file) != MagickFormat.Unknown;

    /// <inheritdoc/>
    public override PictureSize ReadSize(ReadOnlySpan<byte> file, string name)
    {
        RefuseRaw(file, name);
        using var image = new MagickImage();
        var settings = Settings(file);
        Try(() => Limits.Value, name, settings.Format);
        try
        {
            image.Ping(file, settings);
        }
        catch (MagickException fault)
        {
            throw Damaged(name, settings.Format, fault);
        }

        var (width, height) = ((int)image.Width, (int)image.Height);
        return image.Orientation >= ImageMagick.Orientation.LeftTop
            ? new PictureSize(height, width) : new PictureSize(width, height);
    }

    /// <inheritdoc/>
    public override Picture Decode(ReadOnlySpan<byte> file, string name)
    {
        RefuseRaw(file, name);
        using var image = new MagickImage();
        var settings = Settings(file);
        Try(() => Limits.Value, name, settings.Format);

        // For truncated files some decoders only warn, and invent the rest.
        MagickException? warned = null;
        image.Warning += (_, warning) =>
            warned ??= warning.Exception is MagickCorruptImageWarningException or MagickCoderWarningException
            && IsLoss(warning.Exception.Message) ? warning.Exception : null;
        try
        {
            image.Read(file, settings);
            if (warned is not null)
            {
                throw Damaged(name, settings.Format, warned);
            }

            return ToPicture(image);
        }
        catch (MagickResourceLimitErrorException fault)
        {
            throw new UnreadablePictureException(
                $"{name}: the image needs more memory than the 4 GB that are given to one; shrink it first.", fault);
        }
        catch (MagickException fault)
        {
            throw Damaged(name, settings.Format, fault);
        }
    }

    private static Picture ToPicture(MagickImage image)
    {
        image.AutoOrient();
        if (image.GetColorProfile() is not null)
        {
            image.TransformColorSpace(ColorProfiles.SRGB);
        }

        image.ColorSpace = ColorSpace.sRGB;
        if (image.HasAlpha)
        {
            image.BackgroundColor = MagickColors.White;
            image.Alpha(AlphaAction.Remove);
        }

        using var pixels = image.GetPixelsUnsafe();
        return new Picture((int)image.Width, (int)image.Height, pixels.ToByteArray(PixelMapping.RGB)!);
    }

    private static MagickReadSettings Settings(ReadOnlySpan<byte> file) =>
        new() { Format = FormatOf(file), FrameIndex = 0, FrameCount = 1 };

    private static MagickFormat FormatOf(ReadOnlySpan<byte> file) => FileSignature.Of(file) switch
    {
        FileKind.Tiff => MagickFormat.Tiff,
        FileKind.Heif => MagickFormat.Heic,
        FileKind.Avif => MagickFormat.Avif,
        FileKind.JpegXl => MagickFormat.Jxl,
        FileKind.Jpeg2000 => file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x4F]) ? MagickFormat.J2k : MagickFormat.Jp2,
        _ => MagickFormat.Unknown,
    };

    // Many raw files begin as a TIFF file with a thumbnail: an image of the right scene, without its small faces.
    private static void RefuseRaw(ReadOnlySpan<byte> file, string name)
    {
        if (TiffHeader.IsCameraRaw(file))
        {
            throw new UnreadablePictureException(
                $"{name}: camera raw files are not read; develop it to {PictureFile.Advised} first.");
        }
    }

    // Warnings about unknown tags and odd metadata lose no pixels.
    private static bool IsLoss(string warning) =>
        warning.Contains("Read error", StringComparison.OrdinalIgnoreCase)
        || warning.Contains("Not enough", StringComparison.OrdinalIgnoreCase)
        || warning.Contains("corrupt", StringComparison.OrdinalIgnoreCase)
        || warning.Contains("UnexpectedEndOfFile", StringComparison.OrdinalIgnoreCase)
        || warning.Contains("InsufficientImageData", StringComparison.OrdinalIgnoreCase);

    private static bool SetLimits()
    {
        ResourceLimits.Width = PictureFile.MaxSide;
        ResourceLimits.Height = PictureFile.MaxSide;
        ResourceLimits.Area = PictureFile.MaxPixels;
        ResourceLimits.Memory = MostMemory;
        ResourceLimits.Disk = 0;

        // It decodes HEIC and AVIF from a file, to which it copies what is in memory.
        try
        {
            var scratch = ScratchFolder.Make();
            AppDomain.CurrentDomain.ProcessExit += (_, _) => scratch.Dispose();
            MagickNET.SetTempDirectory(scratch.Path);
        }
        catch (FaceLoupeException)
        {
            // The other formats need no file.
        }

        return true;
    }

    private static void Try(Func<bool> load, string name, MagickFormat format)
    {
        try
        {
            load();
        }
        catch (Exception fault) when (fault is DllNotFoundException or TypeInitializationException
            or BadImageFormatException)
        {
            throw new UnreadablePictureException(
                $"{name}: {NameOf(format)} files are not read on this platform: ImageMagick's library is not there for "
                    + "it.", fault);
        }
    }

    private static UnreadablePictureException Damaged(string name, MagickFormat format, MagickException fault) => new(
        $"{name}: the {NameOf(format)} image is damaged, cut short or of a kind that cannot be decoded "
        + $"({InTheirWords(fault)}).", fault);

    // After the reason come the name of a temporary file and a line of ImageMagick's sources.
    private static string InTheirWords(MagickException fault) =>
        InnerPlace().Replace(fault.Message.ReplaceLineEndings(" "), string.Empty).TrimEnd(' ', '.');

    [GeneratedRegex(@"( [`'][^`']*')?( @ \S+)?$")]
    private static partial Regex InnerPlace();

    private static string NameOf(MagickFormat format) => format switch
    {
        MagickFormat.Jxl => "JPEG XL",
        MagickFormat.Jp2 or MagickFormat.J2k => "JPEG 2000",
        _ => format.ToString().ToUpperInvariant(),
    };
}
