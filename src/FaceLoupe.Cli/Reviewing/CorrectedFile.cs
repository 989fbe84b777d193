using FaceLoupe.Anonymising;
using FaceLoupe.Evaluation;
using FaceLoupe.Geometry;

namespace FaceLoupe.Cli.Reviewing;

/// <summary>What a person decided for a file.</summary>
/// <param name="File">Its path when it was reviewed.</param>
/// <param name="Sha256">Hash of its content then.</param>
/// <param name="Spans">What was decided, and when it holds.</param>
internal sealed record CorrectedFile(string File, string Sha256, IReadOnlyList<CorrectedSpan> Spans)
{
    // A box that a person drew about a face, or the box of another search, fits less well than two of one search.
    private const float SameFace = 0.3f;

    /// <summary>Corrects what is masked.</summary>
    /// <param name="found">What would be masked.</param>
    /// <param name="seconds">Time within a video; 0 for a picture.</param>
    public IReadOnlyList<FaceRegion> Correct(IReadOnlyList<FaceRegion> found, double seconds)
    {
        CorrectedSpan[] spans = [.. Spans.Where(span => span.From <= seconds && seconds <= span.To)];
        return
        [
            .. found.Where(region => !Array.Exists(spans, span => IsClear(region.Box, span))),
            .. spans.SelectMany(span => span.Mask).Select(box => new FaceRegion(box, 1)),
        ];
    }

    private static bool IsClear(Box box, CorrectedSpan span) =>
        span.Clear.Any(clear => Overlap.IoU(clear, box) >= SameFace)
        || span.Ignore.Any(part => box.CenterX >= part.X && box.CenterX <= part.Right
            && box.CenterY >= part.Y && box.CenterY <= part.Bottom);
}
