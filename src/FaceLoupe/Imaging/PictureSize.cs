using SkiaSharp;

namespace FaceLoupe.Imaging;

/// <summary>Size of an image as it stands upright.</summary>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
public readonly record struct PictureSize(int Width, int Height)
{
    /// <summary>Reads the size from the header of an image file, without decoding the pixels.</summary>
    /// <exception cref="UnreadablePictureException">The file is missing or its header is not an image's.</exception>
    public static PictureSize Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        RegularFile.Check(path, $"a {PictureFile.Readable} image");
        using var codec = SKCodec.Create(path);
        if (codec is null || !PictureDecoder.IsReadable(codec))
        {
            return OfOther(PictureFile.ReadBytes(path), path);
        }

        using var file = codec.EncodedFormat == SKEncodedImageFormat.Png ? File.OpenRead(path) : null;
        return Of(codec, file, path);
    }

    /// <summary>Reads the size from the header of an image file in memory, without decoding the pixels.</summary>
    /// <param name="bytes">The content of an image file, or its beginning.</param>
    /// <param name="name">What to call it in messages, as a path.</param>
    /// <exception cref="UnreadablePictureException">The header is not an image's.</exception>
    public static PictureSize Read(ReadOnlySpan<byte> bytes, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        using var data = SKData.CreateCopy(bytes);
        using var codec = SKCodec.Create(data);
        if (codec is null || !PictureDecoder.IsReadable(codec))
        {
            return OfOther(bytes, name);
        }

        using var file = codec.EncodedFormat == SKEncodedImageFormat.Png ? data.AsStream() : null;
        return Of(codec, file, name);
    }

    private static PictureSize OfOther(ReadOnlySpan<byte> bytes, string name) =>
        PictureCodec.For(bytes) is { } other ? other.ReadSize(bytes, name)
            : throw new UnreadablePictureException($"{name}: {UnreadableFile.Describe(bytes)}");

    private static PictureSize Of(SKCodec codec, Stream? png, string name)
    {
        if (codec.Info.Width < 1 || codec.Info.Height < 1)
        {
            throw new UnreadablePictureException($"{name}: not an image that can be read, so its size is unknown.");
        }

        var origin = png is null ? codec.EncodedOrigin : PngChunks.Read(png).Origin;
        return origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop
            or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom
            ? new PictureSize(codec.Info.Height, codec.Info.Width)
            : new PictureSize(codec.Info.Width, codec.Info.Height);
    }
}
