using System.Diagnostics;

namespace FaceLoupe.Benchmarks;

/// <summary>Runs things a few times on one core and prints the times.</summary>
internal static class Measurement
{
    /// <summary>Keeps this process on its first core, where the system lets us.</summary>
    public static void UseOneCore()
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows())
        {
            using var process = Process.GetCurrentProcess();
            process.ProcessorAffinity = 1;
        }
    }

    /// <summary>
    /// Runs an action once to warm up, then a number of times; prints the fastest, the median and the slowest.
    /// </summary>
    public static T Of<T>(string name, int repeats, Func<T> work)
    {
        var result = work();
        var seconds = new double[repeats];
        for (var i = 0; i < repeats; i++)
        {
            var start = Stopwatch.GetTimestamp();
            result = work();
            seconds[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        Array.Sort(seconds);
        var (fastest, median, slowest) = (seconds[0], seconds[repeats / 2], seconds[^1]);
        Console.WriteLine(FormattableString.Invariant(
            $"{name,-36} fastest {fastest,7:0.000} s  median {median,7:0.000} s  slowest {slowest,7:0.000} s"));
        return result;
    }
}
