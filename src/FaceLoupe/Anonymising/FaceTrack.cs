using FaceLoupe.Geometry;

namespace FaceLoupe.Anonymising;

/// <summary>One face over the frames of a video, as far as it is still needed.</summary>
internal sealed class FaceTrack
{
    private readonly List<(long Frame, FaceRegion Region)> _seen = [];

    /// <summary>Begins with the first detection.</summary>
    public FaceTrack(long number, long frame, FaceRegion region)
    {
        Number = number;
        Add(frame, region);
    }

    /// <summary>Which track of its video it is.</summary>
    public long Number { get; }

    /// <summary>Frame of the latest detection.</summary>
    public long LastFrame => _seen[^1].Frame;

    /// <summary>Box of the latest detection.</summary>
    public Box LastBox => _seen[^1].Region.Box;

    /// <summary>Adds the detection of a later frame.</summary>
    public void Add(long frame, FaceRegion region) => _seen.Add((frame, region));

    /// <summary>What a frame has masked: found, between two detections, before the first or after the last.</summary>
    /// <param name="frame">The frame, not earlier than one that was forgotten.</param>
    /// <param name="carry">Most frames that a box is held before the first and after the last detection.</param>
    public FaceRegion? At(long frame, int carry)
    {
        var next = _seen.FindIndex(seen => seen.Frame >= frame);
        if (next >= 0 && _seen[next].Frame == frame)
        {
            return _seen[next].Region;
        }

        if (next > 0)
        {
            return Between(_seen[next - 1], _seen[next], frame);
        }

        var (heldFrame, held) = next == 0 ? _seen[0] : _seen[^1];
        return Math.Abs(frame - heldFrame) <= carry ? held with { Carried = true } : null;
    }

    /// <summary>Drops what frames from here on no longer need: all before the last detection up to the frame.</summary>
    public void Forget(long before)
    {
        var latest = _seen.FindLastIndex(seen => seen.Frame <= before);
        if (latest > 0)
        {
            _seen.RemoveRange(0, latest);
        }
    }

    private static FaceRegion Between((long Frame, FaceRegion Region) a, (long Frame, FaceRegion Region) b, long frame)
    {
        var share = (float)(frame - a.Frame) / (b.Frame - a.Frame);
        var (from, to) = (a.Region.Box, b.Region.Box);
        var box = new Box(
            float.Lerp(from.X, to.X, share),
            float.Lerp(from.Y, to.Y, share),
            float.Lerp(from.Width, to.Width, share),
            float.Lerp(from.Height, to.Height, share));
        return new FaceRegion(box, MathF.Min(a.Region.Score, b.Region.Score), Carried: true);
    }
}
