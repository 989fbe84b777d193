using FaceLoupe.Geometry;
using FaceLoupe.Imaging;

namespace FaceLoupe.Anonymising;

/// <summary>
/// Searches a video of which not every frame is searched. Boxes carried to the other frames are compared with their
/// pixels; where a face no longer matches, the frame is searched after all.
/// </summary>
/// <param name="find">Finds the faces of a frame.</param>
/// <param name="tracker">Links faces into tracks.</param>
/// <param name="every">Every n-th frame is searched in any case.</param>
internal sealed class FrameSearch(Func<Picture, IReadOnlyList<FaceRegion>> find, FaceTracker tracker, int every)
{
    // Six rounds of bisection reach each of 30 frames between two searches.
    private const int MostRounds = 6;

    // An uncertain box may be no face and then never matches: it is carried, but is no reason to search.
    private const float Confident = 0.5f;

    private readonly Dictionary<(int Frame, Box Box), FacePatch> _patches = [];
    private readonly List<bool> _isSearched = [];
    private (int Width, int Height) _size = (1, 1);

    /// <summary>The faces of each frame; none if it was not searched.</summary>
    public List<IReadOnlyList<FaceRegion>> Found { get; } = [];

    /// <summary>Size of the frames.</summary>
    public (int Width, int Height) Size => _size;

    /// <summary>Searches a video.</summary>
    /// <param name="frames">
    /// Returns the frames from the first on; called again as long as new frames are searched.
    /// </param>
    public void Search(Func<IEnumerable<Picture>> frames)
    {
        Picture? last = null;
        foreach (var frame in frames())
        {
            Found.Add([]);
            _isSearched.Add(false);
            if ((Found.Count - 1) % every == 0)
            {
                SearchFrame(Found.Count - 1, frame);
            }

            last = frame;
        }

        if (last is null)
        {
            return;
        }

        _size = (last.Width, last.Height);

        // No later frame shows where a face has gone.
        if (!_isSearched[^1])
        {
            SearchFrame(Found.Count - 1, last);
        }

        for (var round = 0; every > 1 && round < MostRounds && SearchBetween(frames()); round++)
        {
        }
    }

    private void SearchFrame(int number, Picture frame)
    {
        Found[number] = find(frame);
        _isSearched[number] = true;
        foreach (var region in Found[number]
            .Where(region => every > 1 && region.Score >= Confident && region.Box.IsValid))
        {
            _patches[(number, region.Box)] = new FacePatch(frame, region.Box);
        }
    }

    // False: no further frame was searched.
    private bool SearchBetween(IEnumerable<Picture> frames)
    {
        var carried = Carried();
        var (number, notBefore, any) = (-1, 0, false);
        foreach (var frame in frames)
        {
            number++;
            if (number < notBefore || number >= Found.Count || _isSearched[number]
                || !carried[number].Exists(face => !face.Patch.IsLike(new FacePatch(frame, face.Box))))
            {
                continue;
            }

            SearchFrame(number, frame);
            any = true;

            // This result predicts the next frames better than the boxes that were carried to them.
            var next = _isSearched.IndexOf(true, number + 1);
            notBefore = number + 1 + ((next - number) / 2);
        }

        return any;
    }

    // For each frame that was not searched, the expected boxes of confident faces, with their patches of the nearest
    // searched frame.
    private List<(Box Box, FacePatch Patch)>[] Carried()
    {
        var carried = new List<(Box Box, FacePatch Patch)>[Found.Count];
        for (var i = 0; i < carried.Length; i++)
        {
            carried[i] = [];
        }

        var (tracks, drift) = tracker.Tracks(Found, _size);
        foreach (var track in tracks)
        {
            var to = Math.Min(track.LastFrame + every, Found.Count) - 1;
            for (var frame = Math.Max(track.FirstFrame - every + 1, 0); frame <= to; frame++)
            {
                var (seen, region) = track.Nearest(frame);
                if (!_isSearched[(int)frame] && _patches.TryGetValue(((int)seen, region.Box), out var patch)
                    && tracker.At(track, frame, drift) is { Box.IsValid: true } expected)
                {
                    carried[frame].Add((SameSize(expected.Box, region.Box), patch));
                }
            }
        }

        return carried;
    }

    // Masks of carried faces are larger for safety; a patch of that size would not match.
    private static Box SameSize(in Box expected, in Box seen) => new(
        expected.CenterX - (seen.Width / 2), expected.CenterY - (seen.Height / 2), seen.Width, seen.Height);
}
