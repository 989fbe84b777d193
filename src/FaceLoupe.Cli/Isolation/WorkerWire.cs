using System.Buffers.Binary;
using System.Text;
using FaceLoupe.Imaging;

namespace FaceLoupe.Cli.Isolation;

/// <summary>
/// Requests and responses as bytes. Numbers in responses are checked, since a worker may be compromised.
/// </summary>
internal static class WorkerWire
{
    private const int MostText = 1 << 16;
    private const byte RequestMark = 0x51;
    private const byte ResponseMark = 0x41;
    private const byte Refused = 0x52;

    /// <summary>Writes a request.</summary>
    public static void Write(Stream stream, WorkerRequest request)
    {
        stream.Write([RequestMark, request.SizeOnly ? (byte)1 : (byte)0]);
        WriteText(stream, request.Name);
        WriteNumber(stream, request.File.Length);
        stream.Write(request.File.Span);
        stream.Flush();
    }

    /// <summary>Reads a request; null: there are no more.</summary>
    /// <exception cref="InvalidDataException">The bytes are invalid.</exception>
    public static WorkerRequest? ReadRequest(Stream stream)
    {
        var first = stream.ReadByte();
        if (first < 0)
        {
            return null;
        }

        Check(first == RequestMark);
        var sizeOnly = stream.ReadByte() == 1;
        var name = ReadText(stream);
        var length = ReadNumber(stream);
        Check(length >= 0 && length <= Array.MaxLength);
        var file = new byte[length];
        stream.ReadExactly(file);
        return new WorkerRequest(sizeOnly, name, file);
    }

    /// <summary>Writes a response.</summary>
    public static void Write(Stream stream, WorkerResponse response)
    {
        if (response.Fault is { } fault)
        {
            stream.WriteByte(Refused);
            WriteText(stream, fault);
        }
        else
        {
            stream.WriteByte(ResponseMark);
            WriteNumber(stream, response.Size.Width);
            WriteNumber(stream, response.Size.Height);
            WriteText(stream, response.Picture?.Damage ?? string.Empty);
            stream.Write(response.Picture?.Pixels ?? []);
        }

        stream.Flush();
    }

    /// <summary>Reads a response.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="sizeOnly">Whether the request was for the size only.</param>
    /// <exception cref="InvalidDataException">The bytes are invalid.</exception>
    /// <exception cref="EndOfStreamException">The stream ended early.</exception>
    public static WorkerResponse ReadResponse(Stream stream, bool sizeOnly)
    {
        var first = stream.ReadByte();
        if (first == Refused)
        {
            return new WorkerResponse(default, null, ReadText(stream).ReplaceLineEndings(" "));
        }

        if (first < 0)
        {
            throw new EndOfStreamException();
        }

        Check(first == ResponseMark);
        long width = ReadNumber(stream), height = ReadNumber(stream);
        Check(width is >= 1 and <= int.MaxValue && height is >= 1 and <= int.MaxValue);
        var damage = ReadText(stream);
        var size = new PictureSize((int)width, (int)height);
        if (sizeOnly)
        {
            return new WorkerResponse(size, null, null);
        }

        Check(width <= PictureFile.MaxSide && height <= PictureFile.MaxSide && width * height <= PictureFile.MaxPixels);
        var picture = new Picture(size.Width, size.Height)
        {
            Damage = damage.Length == 0 ? null : damage.ReplaceLineEndings(" "),
        };
        stream.ReadExactly(picture.Pixels);
        return new WorkerResponse(size, picture, null);
    }

    private static void WriteText(Stream stream, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        bytes = bytes.Length <= MostText ? bytes : bytes[..MostText];
        WriteNumber(stream, bytes.Length);
        stream.Write(bytes);
    }

    private static string ReadText(Stream stream)
    {
        var length = ReadNumber(stream);
        Check(length is >= 0 and <= MostText);
        var bytes = new byte[length];
        stream.ReadExactly(bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    private static void WriteNumber(Stream stream, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        stream.Write(bytes);
    }

    private static long ReadNumber(Stream stream)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        stream.ReadExactly(bytes);
        return BinaryPrimitives.ReadInt64LittleEndian(bytes);
    }

    private static void Check(bool valid)
    {
        if (!valid)
        {
            throw new InvalidDataException();
        }
    }
}

/// <summary>A request to a worker.</summary>
/// <param name="SizeOnly">Whether to read the header only.</param>
/// <param name="Name">Name of the file in messages.</param>
/// <param name="File">Its content.</param>
internal sealed record WorkerRequest(bool SizeOnly, string Name, ReadOnlyMemory<byte> File);

/// <summary>The response of a worker.</summary>
/// <param name="Size">The size.</param>
/// <param name="Picture">The image; null: the request was for the size only, or there is a fault.</param>
/// <param name="Fault">Why it cannot be decoded, in one line; null: no fault.</param>
internal sealed record WorkerResponse(PictureSize Size, Picture? Picture, string? Fault);
