using System.Globalization;
using FaceLoupe.Anonymising;
using FaceLoupe.Geometry;

namespace FaceLoupe.Cli.Reviewing;

/// <summary>What a person decided for a file.</summary>
/// <param name="File">Its path when it was reviewed.</param>
/// <param name="Sha256">Hash of its content then.</param>
/// <param name="Spans">What was decided, and when it holds.</param>
internal sealed record CorrectedFile(string File, string Sha256, IReadOnlyList<CorrectedSpan> Spans)
{
    /// <summary>Masks that a person looked at and left; null: not known. They change nothing, and are faces.</summary>
    public IReadOnlyList<Box>? Keep { get; init; }

    // A box that a person drew about a face, or the box of another search, fits less well than two of one search.
    private const float SameFace = 0.3f;

    // The page writes sides with two decimals, whose sums need not meet the edge, nor themselves, to the last digit.
    private const float Rounding = 0.05f;

    /// <summary>
    /// The same for an image or video of a size: boxes that reach beyond it are cut. What could never have an effect
    /// is refused, for somebody meant it to have one.
    /// </summary>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="isVideo">Whether it is a video, and has times.</param>
    /// <param name="seconds">Length of the video; null: not known, or it is an image.</param>
    /// <returns>What holds, and how many boxes were cut.</returns>
    /// <exception cref="FaceLoupeException">
    /// A box lies outside, an image has spans of time, or a span begins after the end of the video.
    /// </exception>
    public (CorrectedFile File, int Cut) Fit(int width, int height, bool isVideo, double? seconds)
    {
        if (!isVideo && Spans.Count > 1)
        {
            throw new FaceLoupeException(
                $"{File}: its corrections have spans of time, and it is an image; give their boxes without 'spans'.");
        }

        if (Spans.FirstOrDefault(span => span.From > seconds) is { } late)
        {
            throw new FaceLoupeException(FormattableString.Invariant(
                $"{File}: its corrections have a span from {late.From} s on, and the video ends at {seconds:0.###} s; ")
                + "give a time within it.");
        }

        var cut = 0;
        return (this with
        {
            Spans =
            [
                .. Spans.Select(span => span with
                {
                    Mask = Within(span.Mask), Clear = Within(span.Clear), Ignore = Within(span.Ignore),
                }),
            ],
        }, cut);

        Box[] Within(IReadOnlyList<Box> boxes) =>
        [
            .. boxes.Select(box =>
            {
                var inner = box.Clip(width, height);
                if (!inner.IsValid)
                {
                    throw new FaceLoupeException(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{File}: its corrections have the box [{box.X}, {box.Y}, {box.Width}, {box.Height}], which "
                            + $"lies outside of its ")
                        + FormattableString.Invariant($"{width}x{height} px; boxes are [x, y, width, height]."));
                }

                cut += Reaches(box) ? 1 : 0;
                return inner;
            }),
        ];

        bool Reaches(Box box) => box.X < -Rounding || box.Y < -Rounding
            || box.Right > width + Rounding || box.Bottom > height + Rounding;
    }

    /// <summary>Corrects what is masked.</summary>
    /// <param name="found">What would be masked.</param>
    /// <param name="seconds">Time within a video; 0 for an image.</param>
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
