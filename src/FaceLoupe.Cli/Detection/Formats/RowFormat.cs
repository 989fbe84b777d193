using FaceLoupe.Predictions;

namespace FaceLoupe.Cli.Detection.Formats;

/// <summary>A format with a row for each input, also for those that failed.</summary>
/// <param name="Name">Its name in options, and the extension of its files.</param>
/// <param name="Write">Writes rows.</param>
/// <param name="Read">Reads rows back, one after the other.</param>
internal sealed record RowFormat(
    string Name, Action<Stream, IEnumerable<ResultRow>> Write, Func<string, IEnumerable<ResultRow>> Read)
{
    /// <summary>JSON lines.</summary>
    public static RowFormat Lines { get; } = new("jsonl", JsonLines.Write, JsonLines.ReadRows);

    /// <summary>Apache Parquet.</summary>
    public static RowFormat Parquet { get; } = new("parquet", ParquetFile.Write, ParquetFile.Read);

    /// <summary>The format of that name.</summary>
    public static RowFormat Of(string name) => name == Parquet.Name ? Parquet : Lines;
}
