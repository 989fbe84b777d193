using System.Diagnostics;

namespace FaceLoupe;

/// <summary>The steps that a <see cref="StageClock"/> tells apart, in the order of <see cref="StageTimes"/>.</summary>
internal enum Stage
{
    Decode,
    Proposals,
    Crops,
    Generator,
    Discriminator,
    Fusion,
}

/// <summary>Adds up how long each step of one image took; started when made.</summary>
internal sealed class StageClock
{
    private readonly TimeSpan[] _times = new TimeSpan[6];
    private long _last = Stopwatch.GetTimestamp();

    /// <summary>Books the time since the last call (or the start) on a step.</summary>
    public void EndOf(Stage stage)
    {
        var now = Stopwatch.GetTimestamp();
        _times[(int)stage] += Stopwatch.GetElapsedTime(_last, now);
        _last = now;
    }

    /// <summary>The times so far.</summary>
    public StageTimes Times() => new(_times[0], _times[1], _times[2], _times[3], _times[4], _times[5]);
}
