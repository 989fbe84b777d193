namespace FaceLoupe.Anonymising;

/// <summary>The motion that most faces of a video share around a frame, as when the camera pans.</summary>
/// <param name="tracks">The faces.</param>
internal sealed class Drift(IReadOnlyList<FaceTrack> tracks)
{
    private readonly Dictionary<long, FaceMotion?> _known = [];

    /// <summary>The median motion; null: too few faces move.</summary>
    public FaceMotion? Near(long frame)
    {
        if (!_known.TryGetValue(frame, out var motion))
        {
            motion = FaceMotion.Median([.. tracks.Select(track => track.MotionNear(frame)).OfType<FaceMotion>()]);
            _known[frame] = motion;
        }

        return motion;
    }
}
