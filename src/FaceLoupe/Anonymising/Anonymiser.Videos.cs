using FaceLoupe.Imaging;

namespace FaceLoupe.Anonymising;

/// <content>Videos, where gaps between detections are filled.</content>
public sealed partial class Anonymiser
{
    /// <summary>
    /// Hides the faces of a video frame by frame; at most <paramref name="carry"/> + 1 frames are in memory.
    /// </summary>
    /// <param name="frames">The frames in order, upright; they are not changed.</param>
    /// <param name="name">Path or name of the video.</param>
    /// <param name="carry">
    /// How many frames a box is carried forward and backward, see <see cref="FaceTracker(int)"/>.
    /// </param>
    /// <param name="detectEvery">
    /// Only every n-th frame is searched, from 1 (the default: all) to <see cref="FaceTracker.MaxDetectEvery"/>;
    /// in those between, boxes move evenly.
    /// </param>
    /// <param name="cancellationToken">Stops between two runs of a network.</param>
    public IEnumerable<AnonymisedPicture> Anonymise(
        IEnumerable<Picture> frames,
        string name = "",
        int carry = FaceTracker.DefaultCarry,
        int detectEvery = 1,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(frames);
        var tracker = Tracker(carry, detectEvery);
        var found = frames.Select(
            (frame, i) => (frame, i % detectEvery == 0 ? _find(frame, name, cancellationToken) : []));
        var mosaics = new Dictionary<long, Mosaic>();
        return tracker
            .FollowTracks(found, frame => (frame.Width, frame.Height))
            .Select(item => Mask(item.Frame, item.Regions, mosaics));
    }

    /// <summary>
    /// Hides the faces of a video that can be read twice: it is searched first and masked afterwards. So faces are
    /// hidden from where they enter at the edge of the image, with one frame in memory at a time.
    /// </summary>
    /// <param name="frames">
    /// Returns the frames in order, upright, from the first on; called twice, or more often if not all are searched.
    /// </param>
    /// <param name="name">Path or name of the video.</param>
    /// <param name="carry">How many frames a box is carried forward and backward.</param>
    /// <param name="detectEvery">
    /// Every n-th frame and the last one are searched, and those between that do not show a face where it should be.
    /// </param>
    /// <param name="cancellationToken">Stops between two runs of a network.</param>
    /// <exception cref="FaceLoupeException">The frames differ on the second reading.</exception>
    public IEnumerable<AnonymisedPicture> AnonymiseTwice(
        Func<IEnumerable<Picture>> frames,
        string name = "",
        int carry = FaceTracker.DefaultCarry,
        int detectEvery = 1,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(frames);
        return Planned(frames, name, Tracker(carry, detectEvery), detectEvery, cancellationToken);
    }

    private static FaceTracker Tracker(int carry, int detectEvery)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(detectEvery, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(detectEvery, FaceTracker.MaxDetectEvery);
        return new FaceTracker(FaceTracker.CarryFor(carry, detectEvery));
    }

    private IEnumerable<AnonymisedPicture> Planned(
        Func<IEnumerable<Picture>> frames,
        string name,
        FaceTracker tracker,
        int detectEvery,
        CancellationToken cancellationToken)
    {
        var search = new FrameSearch(frame => _find(frame, name, cancellationToken), tracker, detectEvery);
        search.Search(frames);
        _record?.AddRange(search.Found);
        var plan = tracker.Plan(search.Found, search.Size);
        var (number, mosaics) = (0, new Dictionary<long, Mosaic>());
        foreach (var frame in frames())
        {
            if (number == plan.Length)
            {
                throw Changed(name, plan.Length);
            }

            yield return Mask(frame, Corrected(plan[number++], name), mosaics);
        }

        if (number < plan.Length)
        {
            throw Changed(name, plan.Length);
        }
    }

    private static FaceLoupeException Changed(string name, int frames) => new(
        $"{name}: on the second reading, the video does not have the {frames} frames of the first; was it changed "
            + "meanwhile?");

    private List<(FaceRegion Region, long Track)> Corrected(
        List<(FaceRegion Region, long Track)> planned, string name)
    {
        if (_correct is null)
        {
            return planned;
        }

        // Regions that a person drew are separate tracks, identified by their position.
        var corrected = _correct([.. planned.Select(item => item.Region)], name);
        return
        [
            .. planned.Where(item => corrected.Contains(item.Region)),
            .. corrected.Where(region => planned.TrueForAll(item => item.Region != region))
                .Select(region => (region, -1L - region.Box.GetHashCode())),
        ];
    }

    private AnonymisedPicture Mask(
        Picture frame, IReadOnlyList<(FaceRegion Region, long Track)> regions, Dictionary<long, Mosaic> mosaics)
    {
        var copy = new Picture(frame.Width, frame.Height, [.. frame.Pixels]);
        _masker.Apply(copy, [.. regions.Select(item => (item.Region.Box, item.Track))], mosaics);
        return new AnonymisedPicture(copy, [.. regions.Select(item => item.Region)]);
    }
}
