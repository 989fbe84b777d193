using FaceLoupe.Geometry;

namespace FaceLoupe.Anonymising;

/// <summary>One face over the frames of a video, as far as it is still needed.</summary>
internal sealed class FaceTrack
{
    // Frames over which a face is assumed to move evenly, to estimate its motion at an end of its track.
    private const int MotionFrames = 15;

    // A face that leaves the image is followed for this many frames beyond the carried ones.
    private const int MostToEdge = 60;

    // Between detections, a little more than a face is covered: it may appear a frame earlier than expected.
    private const float WholeFace = 1.15f;

    // Pixels per frame; less is jitter of the boxes.
    private const float Slow = 0.15f;

    private readonly List<(long Frame, FaceRegion Region)> _seen = [];
    private readonly (int Width, int Height)? _size;

    /// <summary>Begins with the first detection.</summary>
    public FaceTrack(long number, long frame, FaceRegion region, (int Width, int Height)? size)
    {
        Number = number;
        _size = size;
        Add(frame, region);
    }

    /// <summary>Which track of its video it is.</summary>
    public long Number { get; }

    /// <summary>Frame of the first detection that is still known.</summary>
    public long FirstFrame => _seen[0].Frame;

    /// <summary>Frame of the latest detection.</summary>
    public long LastFrame => _seen[^1].Frame;

    /// <summary>Frames that may have anything masked, from the first to the last.</summary>
    public (long From, long To) Reach(int carry) => (FirstFrame - carry - MostToEdge, LastFrame + carry + MostToEdge);

    /// <summary>The detection nearest to a frame; of two the earlier one.</summary>
    public (long Frame, FaceRegion Region) Nearest(long frame) => _seen.MinBy(seen => Math.Abs(seen.Frame - frame));

    /// <summary>Adds the detection of a later frame.</summary>
    public void Add(long frame, FaceRegion region) => _seen.Add((frame, region));

    /// <summary>Where the face is to be expected in a frame after the latest detection.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="drift">How all faces move, for one whose own motion is not known.</param>
    public Box Expected(long frame, FaceMotion? drift)
    {
        var motion = MotionAt(_seen.Count - 1) ?? drift ?? default;
        var frames = frame - LastFrame;
        return _seen[^1].Region.Box.Translate(motion.X * frames, motion.Y * frames);
    }

    /// <summary>The motion about a frame; null: not known, or the face is not there.</summary>
    public FaceMotion? MotionNear(long frame) =>
        frame < FirstFrame - MotionFrames || frame > LastFrame + MotionFrames ? null
            : MotionAt(frame <= FirstFrame ? 0 : _seen.Count - 1);

    /// <summary>
    /// The region to mask in a frame: detected, between two detections, before the first or after the last.
    /// </summary>
    /// <param name="frame">The frame, not earlier than one that was forgotten.</param>
    /// <param name="carry">Maximum number of frames a box is carried before the first and after the last detection;
    /// where it comes in or goes out at the edge of the image, it is followed beyond. 0: only what was found.</param>
    /// <param name="drift">How all faces move about a frame, for one whose own motion is not known.</param>
    public FaceRegion? At(long frame, int carry, Func<long, FaceMotion?> drift)
    {
        var next = _seen.FindIndex(seen => seen.Frame >= frame);
        if (next >= 0 && _seen[next].Frame == frame)
        {
            var found = _seen[next].Region;
            return carry == 0 ? found : found with { Box = AtEdge(Whole(next), frame, next, drift) };
        }

        if (next > 0)
        {
            var region = Between(_seen[next - 1], _seen[next], Whole(next - 1), Whole(next), frame);
            return region with { Box = AtEdge(region.Box, frame, next, drift) };
        }

        return carry == 0 ? null : Beyond(next == 0 ? 0 : _seen.Count - 1, frame, carry, drift);
    }

    /// <summary>Drops detections that later frames no longer need: all before the last one up to the frame.</summary>
    public void Forget(long before)
    {
        var latest = _seen.FindLastIndex(seen => seen.Frame <= before - MotionFrames);
        if (latest > 0 && _seen.FindLastIndex(seen => seen.Frame <= before) - latest >= 2)
        {
            _seen.RemoveRange(0, latest);
        }
    }

    private FaceMotion? MotionAt(int end) => MotionAbout(NearestUncut(end) ?? end);

    private FaceMotion? MotionAbout(int index) =>
        FaceMotion.Of([.. About(index).Select(at => (at.Frame, at.Region.Box))], _size);

    // Detections at one end: of a few frames, but two where there are two.
    private IEnumerable<(long Frame, FaceRegion Region)> About(int end)
    {
        var near = _seen.Where(at => Math.Abs(at.Frame - _seen[end].Frame) <= MotionFrames).ToArray();
        return near.Length >= 2 || _seen.Count < 2 ? near : end == 0 ? _seen.Take(2) : _seen.TakeLast(2);
    }

    private FaceRegion? Beyond(int end, long frame, int carry, Func<long, FaceMotion?> drift)
    {
        var (heldFrame, held) = _seen[end];
        var frames = frame - heldFrame;
        if (Math.Abs(frames) > carry + MostToEdge || (Math.Abs(frames) > carry && _size is null))
        {
            return null;
        }

        var whole = Whole(end);
        Box[] boxes =
        [
            .. Motions(end, () => drift(heldFrame))
                .Where(motion => Math.Abs(frames) <= carry
                    || LeavesAtEdge(whole, motion, Math.Sign(frames), _size!.Value))
                .Select(motion => whole.Translate(motion.X * frames, motion.Y * frames))
                .Select(moved => AtEdge(_size is null ? moved : moved.Enlarge(WholeFace), frame, end, drift))
                .Where(box => box.IsValid),
        ];
        return boxes.Length == 0 ? null
            : held with { Box = boxes.Aggregate((one, other) => MaskArea.Around(one, other)), Carried = true };
    }

    // How it may move at one of its detections. Boxes of a face that was never seen whole show different parts of it:
    // its own motion may be wrong, and so may that of most faces. Both are masked.
    private FaceMotion[] Motions(int end, Func<FaceMotion?> drift)
    {
        var uncut = NearestUncut(end);
        var own = MotionAbout(uncut ?? end);
        var most = own is null || uncut is null ? drift() : null;
        var recent = uncut is { } whole && Math.Abs(_seen[whole].Frame - _seen[end].Frame) > MotionFrames
            ? MotionAbout(end) : null;
        FaceMotion?[] known = [own, most, recent];
        return known.All(motion => motion is null) ? [default] : [.. known.OfType<FaceMotion>()];
    }

    // The detection nearest to one of them that no edge cuts; null: there is none.
    private int? NearestUncut(int index)
    {
        if (_size is not { } size)
        {
            return index;
        }

        int[] uncut =
        [
            .. Enumerable.Range(0, _seen.Count)
                .Where(i => PictureEdge.Cut(_seen[i].Region.Box, size.Width, size.Height) == default),
        ];
        return uncut.Length == 0 ? null : uncut.MinBy(i => Math.Abs(i - index));
    }

    // The detection that tells most about one of them: the nearest that no edge cuts, or the surest near it.
    private int Reference(int index) => NearestUncut(index)
        ?? Enumerable.Range(0, _seen.Count).Where(i => Math.Abs(_seen[i].Frame - _seen[index].Frame) <= MotionFrames)
            .MaxBy(i => (_seen[i].Region.Score, -Math.Abs(i - index)));

    // Its own motion, unless that comes from boxes of different parts of a face within few frames.
    private FaceMotion? MotionOf(int reference, Func<FaceMotion?> drift)
    {
        var near = About(reference).Select(at => at.Frame).ToArray();
        var isBrief = NearestUncut(reference) is null && near[^1] - near[0] < MotionFrames / 2;
        return isBrief ? drift() ?? MotionAt(reference) : MotionAt(reference) ?? drift();
    }

    // Detectors shrink the boxes of faces that an edge cuts too much. The box is extended to where the face must be by
    // its motion.
    private Box AtEdge(Box box, long frame, int index, Func<long, FaceMotion?> drift)
    {
        if (_size is not { } size || PictureEdge.Cut(box, size.Width, size.Height) == default)
        {
            return box;
        }

        var shown = box.Clip(size.Width, size.Height);
        var reference = Reference(index);
        var frames = frame - _seen[reference].Frame;
        var reach = NearestUncut(index) is null ? MotionFrames : MostToEdge;
        if (Math.Abs(frames) > reach || MotionOf(reference, () => drift(frame)) is not { } motion)
        {
            return shown;
        }

        var expected = Whole(reference).Translate(motion.X * frames, motion.Y * frames)
            .Enlarge(WholeFace).Clip(size.Width, size.Height);
        return !expected.IsValid ? shown : !shown.IsValid ? expected : MaskArea.Around(shown, expected);
    }

    // A box that an edge cuts keeps its free sides, and gets the size of the nearest uncut box.
    private Box Whole(int end)
    {
        var box = _seen[end].Region.Box;
        if (_size is not { } size)
        {
            return box;
        }

        var cut = PictureEdge.Cut(box, size.Width, size.Height);
        if (cut == default)
        {
            return box;
        }

        var guess = PictureEdge.Beyond(box, size.Width, size.Height);
        var near = About(end).Select(at => at.Region.Box).ToArray();
        var (width, height) = (
            cut.Left == cut.Right ? box.Width : Math.Max(guess.Width, near.Max(at => at.Width)),
            cut.Top == cut.Bottom ? box.Height : Math.Max(guess.Height, near.Max(at => at.Height)));
        return new Box(
            cut.Left && !cut.Right ? box.Right - width : box.X, cut.Top && !cut.Bottom ? box.Bottom - height : box.Y,
            width, height);
    }

    // Whether it lies at an edge, no further than its own size, and goes out over it.
    private static bool LeavesAtEdge(Box box, FaceMotion motion, int direction, (int Width, int Height) size)
    {
        var (x, y) = (motion.X * direction, motion.Y * direction);
        return (x < -Slow && box.X < box.Width) || (x > Slow && box.Right > size.Width - box.Width)
            || (y < -Slow && box.Y < box.Height) || (y > Slow && box.Bottom > size.Height - box.Height);
    }

    private static FaceRegion Between(
        (long Frame, FaceRegion Region) a, (long Frame, FaceRegion Region) b, Box from, Box to, long frame)
    {
        var share = (float)(frame - a.Frame) / (b.Frame - a.Frame);
        var box = new Box(
            float.Lerp(from.X, to.X, share),
            float.Lerp(from.Y, to.Y, share),
            float.Lerp(from.Width, to.Width, share),
            float.Lerp(from.Height, to.Height, share));
        return new FaceRegion(box, MathF.Min(a.Region.Score, b.Region.Score), Carried: true);
    }
}
