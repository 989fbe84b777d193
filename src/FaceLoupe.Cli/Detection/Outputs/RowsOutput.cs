using System.Diagnostics;
using FaceLoupe.Cli.Detection.Formats;
using FaceLoupe.Cli.Inputs;
using FaceLoupe.Cli.Sharding;
using FaceLoupe.Predictions;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Detection.Outputs;

/// <summary>One file with a row for each input, in their order, also for those that failed.</summary>
/// <param name="inputs">The inputs.</param>
/// <param name="format">How rows are written and read.</param>
/// <param name="path">The file.</param>
/// <param name="resume">Whether to continue an earlier run; images that failed are tried again.</param>
/// <param name="isShard">
/// Whether the file is part of a run on many machines: it is written only once all of its inputs have a row.
/// </param>
internal sealed class RowsOutput(InputList inputs, RowFormat format, string path, bool resume, bool isShard)
    : ResumableOutput(
        inputs, path, resume ? file => format.Read(file).Select(row => row.Picture).OfType<PictureFaces>() : null)
{
    private readonly Dictionary<string, InputFault> _faults = new(StringComparer.Ordinal);
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    public override bool RecordsFailures => isShard;

    public override void Write(InputFault fault) => _faults[fault.Image] = fault;

    public override void Finish()
    {
        var placeOf = PlaceOf();
        ResultRow[] rows =
        [
            .. Pictures.Values.Select(ResultRow.Of).Concat(_faults.Values.Select(ResultRow.Of))
                .OrderBy(row => placeOf(row.Image))
                .ThenBy(row => row.Picture is null)
                .ThenBy(row => row.Picture?.Frame?.Number),
        ];
        if (isShard && rows.Select(row => row.Image).Distinct(StringComparer.Ordinal).Count() < Inputs.Paths.Count)
        {
            // Stopped: the results wait for --resume, and an incomplete part is not mistaken for a complete one.
            return;
        }

        AtomicFile.Write(Path!, stream => format.Write(stream, rows));
        if (isShard)
        {
            new ShardSummary(Pictures.Count - Finished.Count() + _faults.Count, _clock.Elapsed.TotalSeconds)
                .Write(Path!);
        }

        IsComplete = true;
    }
}
