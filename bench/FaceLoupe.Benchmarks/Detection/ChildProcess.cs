using System.CommandLine;
using System.Diagnostics;
using System.Globalization;

namespace FaceLoupe.Benchmarks.Detection;

/// <summary>
/// A separate process that detects in one image, to measure its time from the start and its peak memory. A time limit
/// stops a huge image between two tiles; memory peaks after the first few.
/// </summary>
internal static class ChildProcess
{
    private const string Verb = "detect-once";

    /// <summary>The verb that the child runs; not meant for people.</summary>
    public static Command Command()
    {
        var model = new Argument<string>("MODEL");
        var picture = new Argument<string>("PICTURE");
        var limit = new Argument<double>("SECONDS");
        var command = new Command(Verb, "Detects once and tells time and memory (for detect).")
        {
            model, picture, limit,
        };
        command.Hidden = true;
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(model), parsed.GetRequiredValue(picture), parsed.GetRequiredValue(limit)));
        return command;
    }

    /// <summary>Starts a child and waits for its result.</summary>
    public static ChildResult Measure(string model, string picture, double limitSeconds)
    {
        var dll = typeof(ChildProcess).Assembly.Location;
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
        {
            start.ArgumentList.Add(dll);
        }

        foreach (var argument in new[] { Verb, model, picture, limitSeconds.ToString(CultureInfo.InvariantCulture) })
        {
            start.ArgumentList.Add(argument);
        }

        using var child = Process.Start(start)!;
        var words = child.StandardOutput.ReadToEnd().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        child.WaitForExit();
        var numbers = words.Select(word => double.Parse(word, CultureInfo.InvariantCulture)).ToArray();
        return numbers is [var loaded, var done, var peak, var whole]
            ? new ChildResult(loaded, done, peak, whole > 0)
            : throw new InvalidOperationException($"The child failed on {picture}: {string.Join(' ', words)}");
    }

    private static void Run(string model, string path, double limitSeconds)
    {
        using var process = Process.GetCurrentProcess();
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(limitSeconds));
        using var detector = FaceLoupeDetector.Load(model);
        var loaded = SinceStart(process);
        var whole = true;
        try
        {
            detector.Detect(path, stop.Token);
        }
        catch (OperationCanceledException)
        {
            whole = false;
        }

        var done = SinceStart(process);
        process.Refresh();
        Console.WriteLine(FormattableString.Invariant(
            $"{loaded} {done} {process.PeakWorkingSet64 / 1e6} {(whole ? 1 : 0)}"));
    }

    private static double SinceStart(Process process) => (DateTime.Now - process.StartTime).TotalMilliseconds;
}

/// <summary>What a child found.</summary>
/// <param name="Loaded">Milliseconds from the start of the process until the model was loaded.</param>
/// <param name="Done">Milliseconds from the start of the process until the faces were found.</param>
/// <param name="PeakMegabytes">Most resident memory, in millions of bytes.</param>
/// <param name="Whole">Whether the image was finished within the time limit.</param>
internal sealed record ChildResult(double Loaded, double Done, double PeakMegabytes, bool Whole);
