namespace FaceLoupe.Training.Runs;

/// <summary>The speed of a loop, smoothed over about a minute.</summary>
internal sealed class SmoothedSpeed(TimeProvider clock, long startStep)
{
    private const double MemorySeconds = 60;
    private long lastStep = startStep;
    private long lastTime = clock.GetTimestamp();
    private double seconds;
    private double samples;
    private double steps;

    /// <summary>Null before any time has passed.</summary>
    public double? SamplesPerSecond => seconds > 0 ? samples / seconds : null;

    /// <summary>Null before any step was done.</summary>
    public double? SecondsPerStep => steps > 0 ? seconds / steps : null;

    /// <summary>Adds the work since the last call.</summary>
    public void Add(long step, int sampleCount)
    {
        var now = clock.GetTimestamp();
        var passed = clock.GetElapsedTime(lastTime, now).TotalSeconds;
        var kept = Math.Exp(-passed / MemorySeconds);
        seconds = (seconds * kept) + passed;
        samples = (samples * kept) + sampleCount;
        steps = (steps * kept) + (step - lastStep);
        (lastStep, lastTime) = (step, now);
    }
}
