using FaceLoupe.Geometry;

namespace FaceLoupe.Anonymising;

/// <summary>
/// Fills the gaps between detections in a video, so that no face appears for single frames. A detection continues the
/// track whose latest box it overlaps best; between two detections the box moves evenly; before the first and after the
/// last one it stays in place for a few frames.
/// </summary>
public sealed class FaceTracker
{
    /// <summary>Frames that a box is carried by default.</summary>
    public const int DefaultCarry = 5;

    /// <summary>Maximum number of frames a box can be carried: that many frames are held in memory.</summary>
    public const int MaxCarry = 60;

    /// <summary>Videos: at least every n-th frame must be searched, or no box could be carried to the
    /// next.</summary>
    public const int MaxDetectEvery = MaxCarry / 2;

    private const float LeastOverlap = 0.3f;

    // The longer a face was out of sight, the further it may have gone: both boxes grow by this share per frame.
    private const float GrowthPerFrame = 0.2f;

    private readonly int _carry;

    /// <summary>Makes a tracker.</summary>
    /// <param name="carry">
    /// Longest gap that is filled, and for how long a box is held before a face is first and after it is last found, in
    /// frames, from 0 (boxes are masked where they are found and nowhere else) to <see cref="MaxCarry"/>.
    /// </param>
    public FaceTracker(int carry = DefaultCarry)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(carry);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(carry, MaxCarry);
        _carry = carry;
    }

    /// <summary>
    /// How far boxes are carried if only every n-th frame is searched: as given, but always over one searched frame
    /// without the face.
    /// </summary>
    /// <param name="carry">As given, in frames.</param>
    /// <param name="detectEvery">Every n-th frame is searched, from 1.</param>
    public static int CarryFor(int carry, int detectEvery) =>
        detectEvery == 1 ? carry : Math.Max(carry, Math.Min((2 * detectEvery) - 1, MaxCarry));

    /// <summary>Follows faces through the frames of a video, in one pass.</summary>
    /// <typeparam name="T">What is handed through with each frame, such as its image.</typeparam>
    /// <param name="frames">The frames in order, with the faces of each.</param>
    /// <returns>
    /// The same frames, each with its masks. A frame comes out once <c>carry</c> more frames were
    /// read: never more than <c>carry</c> + 1 are held.
    /// </returns>
    public IEnumerable<(T Frame, IReadOnlyList<FaceRegion> Regions)> Follow<T>(
        IEnumerable<(T Frame, IReadOnlyList<FaceRegion> Found)> frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        return FollowTracks(frames, _ => null).Select(item =>
            (item.Frame, (IReadOnlyList<FaceRegion>)[.. item.Regions.Select(tracked => tracked.Region)]));
    }

    /// <summary>The same, each region with the number of its track.</summary>
    internal IEnumerable<(T Frame, IReadOnlyList<(FaceRegion Region, long Track)> Regions)> FollowTracks<T>(
        IEnumerable<(T Frame, IReadOnlyList<FaceRegion> Found)> frames, Func<T, (int Width, int Height)?> size)
    {
        var tracks = new List<FaceTrack>();
        var waiting = new Queue<T>();
        long read = 0, given = 0, begun = 0;
        foreach (var (frame, found) in frames)
        {
            begun = Continue(tracks, read++, found, begun, size(frame));
            waiting.Enqueue(frame);
            if (waiting.Count > _carry)
            {
                yield return (waiting.Dequeue(), Regions(tracks, given++));
            }
        }

        while (waiting.TryDequeue(out var frame))
        {
            yield return (frame, Regions(tracks, given++));
        }
    }

    /// <summary>
    /// Tracks faces through a video whose detections are all known: back to where they enter at the edge of the image,
    /// however far that is.
    /// </summary>
    /// <param name="found">The faces of each frame.</param>
    /// <param name="size">Size of the frames.</param>
    /// <returns>For each frame, the regions to mask with the numbers of their tracks.</returns>
    internal List<(FaceRegion Region, long Track)>[] Plan(
        IReadOnlyList<IReadOnlyList<FaceRegion>> found, (int Width, int Height) size)
    {
        var plan = new List<(FaceRegion Region, long Track)>[found.Count];
        for (var frame = 0; frame < plan.Length; frame++)
        {
            plan[frame] = [];
        }

        var (all, drift) = Tracks(found, size);
        foreach (var track in all)
        {
            var (from, to) = track.Reach(_carry);
            for (var frame = Math.Max(from, 0); frame <= Math.Min(to, found.Count - 1); frame++)
            {
                if (At(track, frame, drift) is { } region)
                {
                    plan[frame].Add((region, track.Number));
                }
            }
        }

        return plan;
    }

    /// <summary>The tracks of a video whose detections are all known, and the drift that most of them share.</summary>
    internal (IReadOnlyList<FaceTrack> Tracks, Drift Drift) Tracks(
        IReadOnlyList<IReadOnlyList<FaceRegion>> found, (int Width, int Height) size)
    {
        var (all, open, begun) = (new List<FaceTrack>(), new List<FaceTrack>(), 0L);
        for (var frame = 0; frame < found.Count; frame++)
        {
            var before = open.Count;
            begun = Continue(open, frame, found[frame], begun, size);
            all.AddRange(open.Skip(before));
            open.RemoveAll(track => frame - track.LastFrame > _carry);
        }

        return (all, new Drift(all));
    }

    /// <summary>The region of a track to mask in a frame; null: none.</summary>
    internal FaceRegion? At(FaceTrack track, long frame, Drift drift) => track.At(frame, _carry, drift.Near);

    // Best overlap first; each track takes one detection and each detection goes to one track. Takes and
    // returns the number of tracks so far, from which new ones are numbered.
    private long Continue(List<FaceTrack> tracks, long frame, IReadOnlyList<FaceRegion> found, long begun,
        (int Width, int Height)? size)
    {
        var drift = found.Count == 0 ? null : new Drift(tracks).Near(frame);
        var pairs =
            from track in tracks
            where frame - track.LastFrame <= _carry + 1
            let expected = track.Expected(frame, drift)
            from index in Enumerable.Range(0, found.Count)
            let overlap = Likeness(expected, found[index].Box, frame - track.LastFrame)
            where overlap >= LeastOverlap
            orderby overlap descending
            select (track, index);
        var (continued, taken) = (new HashSet<FaceTrack>(), new HashSet<int>());
        foreach (var (track, index) in pairs.ToArray())
        {
            if (!taken.Contains(index) && continued.Add(track))
            {
                taken.Add(index);
                track.Add(frame, found[index]);
            }
        }

        tracks.AddRange(Enumerable.Range(0, found.Count).Where(index => !taken.Contains(index))
            .Select(index => new FaceTrack(begun++, frame, found[index], size)));
        return begun;
    }

    private static float Likeness(Box last, Box found, long frames)
    {
        var growth = 1 + (GrowthPerFrame * frames);
        return Overlap.IoU(last.Enlarge(growth), found.Enlarge(growth));
    }

    private (FaceRegion Region, long Track)[] Regions(List<FaceTrack> tracks, long frame)
    {
        var drift = new Drift(tracks);
        tracks.RemoveAll(track => track.LastFrame + _carry < frame && track.At(frame, _carry, drift.Near) is null);
        tracks.ForEach(track => track.Forget(frame));
        return
        [
            .. from track in tracks
               let region = track.At(frame, _carry, drift.Near)
               where region is not null
               select (region.Value, track.Number),
        ];
    }
}
