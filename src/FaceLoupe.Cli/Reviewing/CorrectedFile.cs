using System.Globalization;
using FaceLoupe.Anonymising;
using FaceLoupe.Geometry;

namespace FaceLoupe.Cli.Reviewing;

/// <summary>A person's corrections of a file.</summary>
/// <param name="File">Its path when it was reviewed.</param>
/// <param name="Sha256">Hash of its content then.</param>
/// <param name="Spans">The corrections, by time.</param>
internal sealed record CorrectedFile(string File, string Sha256, IReadOnlyList<CorrectedSpan> Spans)
{
    /// <summary>Masks that a person confirmed as faces, which change nothing; null: not known.</summary>
    public IReadOnlyList<Box>? Keep { get; init; }

    // Minimum IoU; a box drawn by a person, or of another search, fits less well than two boxes of one search.
    private const float SameFace = 0.3f;

    // The page writes sides with two decimals, so sums may exceed the edge by a little.
    private const float Rounding = 0.05f;

    /// <summary>
    /// The corrections for an image or video of a given size: boxes are clipped to it. Corrections that can have no
    /// effect are refused as mistakes.
    /// </summary>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="isVideo">Whether it is a video.</param>
    /// <param name="seconds">Length of the video; null: not known, or it is an image.</param>
    /// <returns>The corrections, and how many boxes were cut.</returns>
    /// <exception cref="FaceLoupeException">
    /// A box lies outside, an image has spans of time, or a span begins after the end of the video.
    /// </exception>
    public (CorrectedFile File, int Cut) Fit(int width, int height, bool isVideo, double? seconds)
    {
        if (!isVideo && Spans.Count > 1)
        {
            throw new FaceLoupeException(
                $"{File}: its corrections have spans of time, but it is an image; give the boxes without 'spans'.");
        }

        if (Spans.FirstOrDefault(span => span.From > seconds) is { } late)
        {
            throw new FaceLoupeException(FormattableString.Invariant(
                $"{File}: its corrections have a span from {late.From} s, but the video ends at {seconds:0.###} s; ")
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
                        $"{File}: its corrections have the box [{box.X}, {box.Y}, {box.Width}, {box.Height}], ")
                        + FormattableString.Invariant(
                            $"which is outside of its {width}x{height} px; boxes are [x, y, width, height]."));
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

/// <summary>A person's corrections of an image, or of a span of a video.</summary>
/// <param name="From">Start in seconds; 0 for an image.</param>
/// <param name="To">End in seconds; infinite for an image.</param>
/// <param name="Mask">Additional masks.</param>
/// <param name="Clear">Masks that are removed.</param>
/// <param name="Ignore">Areas in which nothing is masked.</param>
internal sealed record CorrectedSpan(
    double From, double To, IReadOnlyList<Box> Mask, IReadOnlyList<Box> Clear, IReadOnlyList<Box> Ignore);
