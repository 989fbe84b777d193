using FaceLoupe.Predictions;
using FaceLoupe.Storage;
using Parquet;
using Parquet.Serialization;

namespace FaceLoupe.Cli.Detection.Formats;

/// <summary>
/// Apache Parquet: a row per image, frame or input that failed. Rows are grouped by number, so that the same rows are
/// the same bytes, whoever wrote them and in how many parts.
/// </summary>
internal static class ParquetFile
{
    private const int RowsTogether = 10_000;

    private static ParquetOptions Options => new()
    {
        CompressionMethod = CompressionMethod.Snappy,
        RowGroupSize = RowsTogether,
    };

    /// <summary>Writes rows; no more than a group of them is in memory.</summary>
    public static void Write(Stream stream, IEnumerable<ResultRow> rows) => ParquetSerializer.SerializeAsync(
        rows.Select(ParquetPicture.Of), stream, Options).GetAwaiter().GetResult();

    /// <summary>Reads the rows of a file, a group of them at a time.</summary>
    /// <exception cref="FaceLoupeException">The file cannot be read, or is another one.</exception>
    public static IEnumerable<ResultRow> Read(string path)
    {
        using var stream = Open(path);
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

    private static FileStream Open(string path)
    {
        return InputFile.Reading(path, () => InputFile.OpenRead(path));
    }

    // A damaged file ends in whatever its numbers lead to.
    private static T Try<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is not (FaceLoupeException or OutOfMemoryException))
        {
            throw new FaceLoupeException(
                $"{path}: no Parquet file as 'faceloupe detect' writes it ({fault.Message.ReplaceLineEndings(" ")}).",
                fault);
        }
    }
}
