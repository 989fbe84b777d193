using FaceLoupe.Predictions;
using FaceLoupe.Storage;
using Parquet;
using Parquet.Serialization;

namespace FaceLoupe.Cli.Detection.Formats;

/// <summary>
/// Apache Parquet: a row per image, frame or failed input. Row groups have a fixed size, so that the same rows give the
/// same bytes, however many parts they were written in.
/// </summary>
internal static class ParquetFile
{
    private const int RowsTogether = 10_000;

    private static ParquetOptions Options => new()
    {
        CompressionMethod = CompressionMethod.Snappy,
        RowGroupSize = RowsTogether,
    };

    /// <summary>Writes rows; at most one group of them is in memory.</summary>
    public static void Write(Stream stream, IEnumerable<ResultRow> rows) => ParquetSerializer.SerializeAsync(
        rows.Select(ParquetPicture.Of), stream, Options).GetAwaiter().GetResult();

    /// <summary>Reads the rows of a file, one group at a time.</summary>
    /// <exception cref="FaceLoupeException">The file cannot be read, or was not written by detect.</exception>
    public static IEnumerable<ResultRow> Read(string path)
    {
        using var stream = InputFile.Reading(path, () => InputFile.OpenRead(path));
        var groups = Try(path, () => Groups(stream));
        for (var group = 0; group < groups; group++)
        {
            var pictures = Try(path, () =>
            {
                stream.Position = 0;
                return ParquetSerializer.DeserializeAsync<ParquetPicture>(stream, Options, group)
                    .GetAwaiter().GetResult().Data.Select(picture => picture.Row()).ToArray();
            });
            foreach (var picture in pictures)
            {
                yield return picture;
            }
        }
    }

    private static int Groups(Stream stream)
    {
        var reader = ParquetReader.CreateAsync(stream, Options, leaveStreamOpen: true).GetAwaiter().GetResult();
        var groups = reader.RowGroupCount;
        reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return groups;
    }

    // A damaged file can cause any exception.
    private static T Try<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is not (FaceLoupeException or OutOfMemoryException))
        {
            throw new FaceLoupeException(
                $"{path}: is not a Parquet file of 'faceloupe detect' ({fault.Message.ReplaceLineEndings(" ")}).",
                fault);
        }
    }
}
