using System.Diagnostics;

namespace FaceLoupe;

/// <summary>The steps that a <see cref="StageClock"/> measures, in the order of <see cref="StageTimes"/>.</summary>
internal enum Stage
{
    Decode,
    Proposals,
    Crops,
    Generator,
    Discriminator,
    Fusion,
}

/// <summary>Adds up the time of each step for one image; it starts running when created.</summary>
internal sealed class StageClock
{
    private readonly TimeSpan[] _times = new TimeSpan[6];
    private long _last = Stopwatch.GetTimestamp();

    /// <summary>Adds the time since the last call, or since the start, to a step.</summary>
    public void EndOf(Stage stage)
    {
        var now = Stopwatch.GetTimestamp();
        _times[(int)stage] += Stopwatch.GetElapsedTime(_last, now);
        _last = now;
    }

    /// <summary>The times so far.</summary>
    public StageTimes Times() => new(_times[0], _times[1], _times[2], _times[3], _times[4], _times[5]);
}
