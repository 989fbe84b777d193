using System.Diagnostics;

namespace FaceLoupe.Benchmarks.Detection;

/// <summary>Something to be timed.</summary>
internal sealed record Subject(string Name, Action Run);

/// <summary>The times of a subject.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Milliseconds">Median over the rounds.</param>
/// <param name="Ratio">Median of its time over the first subject's in the same round.</param>
/// <param name="LowRatio">Smallest of these ratios.</param>
/// <param name="HighRatio">Largest of these ratios.</param>
/// <param name="CpuRatio">
/// As <paramref name="Ratio"/>, of the time that the cores spent on it: what a busy machine changes least.
/// </param>
internal sealed record Timing(
    string Name, double Milliseconds, double Ratio, double LowRatio, double HighRatio, double CpuRatio);

/// <summary>
/// Times subjects in rounds: every round runs each of them once, every other round in reverse order. Other load on the
/// machine then slows all of them alike, so the ratios within a round are more reliable than the times.
/// </summary>
internal static class PairedRounds
{
    /// <summary>Times; a first round does not count.</summary>
    public static IReadOnlyList<Timing> Measure(int rounds, IReadOnlyList<Subject> subjects)
    {
        var times = new double[subjects.Count][];
        var cpu = new double[subjects.Count][];
        for (var i = 0; i < times.Length; i++)
        {
            (times[i], cpu[i]) = (new double[rounds], new double[rounds]);
            subjects[i].Run();
        }

        for (var round = 0; round < rounds; round++)
        {
            for (var turn = 0; turn < subjects.Count; turn++)
            {
                var i = round % 2 == 0 ? turn : subjects.Count - 1 - turn;
                var (start, spent) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
                subjects[i].Run();
                times[i][round] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                cpu[i][round] = (Environment.CpuUsage.TotalTime - spent).TotalMilliseconds;
            }
        }

        return [.. subjects.Select((subject, i) => Summarise(
            subject.Name, times[i], times[0], Ratios(cpu[i], cpu[0])))];
    }

    /// <summary>The middle value, or the mean of the two middle ones.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static Timing Summarise(string name, double[] times, double[] first, double[] cpuRatios)
    {
        var ratios = Ratios(times, first);
        return new Timing(name, Median(times), Median(ratios), ratios.Min(), ratios.Max(), Median(cpuRatios));
    }

    private static double[] Ratios(double[] times, double[] first) =>
        [.. times.Zip(first, (time, reference) => reference == 0 ? double.NaN : time / reference)];
}
