using System.Formats.Tar;
using FaceLoupe.Cli.Inputs;
using FaceLoupe.Imaging;

namespace FaceLoupe.Cli.Archives;

/// <summary>
/// Tar files of samples, as in WebDataset. They are read from front to back, without unpacking them to disk.
/// </summary>
internal static class TarFile
{
    private const string Extension = ".tar";

    // In bytes; everything in a tar file begins at a multiple of it.
    private const int Block = 512;

    // Where a header has its magic.
    private const int MagicOffset = 257;

    /// <summary>Whether a path is named like a tar file.</summary>
    public static bool IsTar(string path) => path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// The file name of the results of a tar file; another program's <c>00000.parquet</c> may lie beside it.
    /// </summary>
    /// <param name="path">The tar file.</param>
    /// <param name="format">The extension.</param>
    public static string ResultOf(string path, string format) =>
        $"{Path.GetFileNameWithoutExtension(path)}.faces.{format}";

    /// <summary>The images, one by one. Captions, labels and folders are skipped.</summary>
    /// <exception cref="FaceLoupeException">The file cannot be read, is not a tar file, or is truncated.</exception>
    public static IEnumerable<TarPicture> Pictures(string path)
    {
        RegularFile.Check(path, "a tar file");
        using var stream = Try(path, () => new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.SequentialScan));
        using var reader = new TarReader(stream);
        while (Try(path, () => reader.GetNextEntry()) is { } entry)
        {
            if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile
                && Try(path, () => Read(path, entry)) is { } picture)
            {
                yield return picture;
            }
            else if (entry.EntryType is TarEntryType.HardLink or TarEntryType.SymbolicLink
                && InputKind.HasPictureExtension(entry.Name))
            {
                yield return new TarPicture($"{path}/{entry.Name}", TarPicture.KeyOf(entry.Name), null)
                {
                    IsLink = true,
                };
            }
        }

        // A complete file ends with blocks of zeros; for one that was truncated between two files, the reader reports
        // no fault.
        var end = stream.Position;
        if (!Try(path, () => IsZero(stream, end - Block) || IsZero(stream, stream.Length - Block)))
        {
            throw CutShort(path);
        }

        stream.Position = end;
        if (Try(path, () => HasMore(stream)))
        {
            throw new FaceLoupeException(
                $"{path}: goes on after the end of a tar file, so images may be missing; tar files are joined with tar "
                + "--concatenate, or given one by one.");
        }
    }

    // Null: it is not an image.
    private static TarPicture? Read(string path, TarEntry entry)
    {
        var name = $"{path}/{entry.Name}";
        if (entry.DataStream is not { } data || entry.Length == 0)
        {
            return InputKind.HasPictureExtension(entry.Name)
                ? new TarPicture(name, TarPicture.KeyOf(entry.Name), []) : null;
        }

        var start = new byte[Math.Min(FileSignature.Length, entry.Length)];
        data.ReadExactly(start);

        // The content decides; if it is not recognised, the name does.
        var kind = FileSignature.Of(start);
        if (kind is FileKind.Video or FileKind.TransportStream
            || (kind == FileKind.Other && !InputKind.HasPictureExtension(entry.Name)))
        {
            return null;
        }

        if (entry.Length > TarPicture.MostBytes)
        {
            return new TarPicture(name, TarPicture.KeyOf(entry.Name), null);
        }

        var bytes = new byte[entry.Length];
        start.CopyTo(bytes, 0);
        data.ReadExactly(bytes.AsSpan(start.Length));
        return new TarPicture(name, TarPicture.KeyOf(entry.Name), bytes);
    }

    // Whether another tar file begins after the end of this one; what else fills its last record is undefined.
    private static bool HasMore(FileStream stream)
    {
        var block = new byte[Block];
        while (stream.ReadAtLeast(block, Block, throwOnEndOfStream: false) == Block)
        {
            if (block.AsSpan(MagicOffset).StartsWith("ustar"u8))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsZero(FileStream stream, long block)
    {
        if (block < 0)
        {
            return false;
        }

        stream.Position = block;
        var bytes = new byte[Block];
        stream.ReadExactly(bytes);
        return !bytes.AsSpan().ContainsAnyExcept((byte)0);
    }

    private static FaceLoupeException CutShort(string path, Exception? fault = null) =>
        new($"{path}: the tar file is truncated; get a complete copy.", fault!);

    private static T Try<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FaceLoupeException(RegularFile.Missing(path), fault);
        }
        catch (EndOfStreamException fault)
        {
            throw CutShort(path, fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException
            or FormatException)
        {
            throw new FaceLoupeException(
                $"{path}: cannot be read as a tar file ({fault.Message.ReplaceLineEndings(" ")}).", fault);
        }
    }
}
