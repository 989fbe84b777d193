using System.Buffers.Binary;
using System.IO.Compression;

namespace FaceLoupe.Tests.Hostile;

/// <summary>
/// Makes hostile images, the same for the same number: changed files, false sizes, bombs, endless chunks.
/// </summary>
internal static class HostilePictures
{
    private static readonly string[] Names =
    [
        "cells.jpg", "cells-progressive.jpg", "cells-gray.jpg", "cells-cmyk.jpg", "noise-restarts.jpg", "cells.png",
        "cells-alpha.png", "cells-palette.png", "cells.webp", "cells-lossless.webp", "cells.bmp", "cells.gif",
        "too-wide.png",
    ];

    private static readonly byte[][] Corpus = Array.ConvertAll(
        Names, name =>
            File.ReadAllBytes(RepositoryRoot.Combine("test", "FaceLoupe.Tests", "Imaging", "Reference", name)));

    /// <summary>One hostile file.</summary>
    /// <param name="number">Which.</param>
    public static byte[] Make(int number)
    {
        var random = new Random(number);
        return (number % 10) switch
        {
            0 => Resized(Corpus[random.Next(Corpus.Length)], random),
            1 => Bomb(1 + random.Next(2_000), 1 + random.Next(2_000), random),
            2 => [.. Corpus[random.Next(Corpus.Length)][..random.Next(2, 64)], .. Noise(random, random.Next(4_000))],
            _ => new Mutations(number).Change(Corpus),
        };
    }

    // Another size in the header.
    private static byte[] Resized(byte[] file, Random random)
    {
        var copy = file.ToArray();
        var at = copy.AsSpan().IndexOf("IHDR"u8) is var png and >= 0 ? png + 4
            : copy.AsSpan().IndexOfAny((byte)0xC0, (byte)0xC2) is var frame and >= 0 ? frame + 4 : 20;
        for (var i = at; i < Math.Min(copy.Length, at + 8); i++)
        {
            copy[i] = (byte)(random.Next(3) == 0 ? random.Next(256) : copy[i]);
        }

        return copy;
    }

    // Many pixels out of few bytes, with true checksums, and now and then without all of its data.
    private static byte[] Bomb(int width, int height, Random random)
    {
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = (byte)(1 << random.Next(5));
        header[9] = (byte)random.Next(7);
        header[12] = (byte)random.Next(3);
        Chunk(file, "IHDR", header);
        using var data = new MemoryStream();
        using (var zip = new ZLibStream(data, CompressionLevel.Fastest, leaveOpen: true))
        {
            zip.Write(new byte[Math.Min(4_000_000, (long)height * (width + 1) / (1 + random.Next(3)))]);
        }

        for (var i = random.Next(4); i > 0; i--)
        {
            Chunk(file, "IDAT", []);
        }

        Chunk(file, "IDAT", data.ToArray());
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    private static void Chunk(MemoryStream file, string name, byte[] content)
    {
        byte[] named = [.. System.Text.Encoding.ASCII.GetBytes(name), .. content];
        var number = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        file.Write(named);
        BinaryPrimitives.WriteUInt32BigEndian(number, FaceLoupe.Imaging.Damage.PngDamage.Crc(named));
        file.Write(number);
    }

    private static byte[] Noise(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }
}
