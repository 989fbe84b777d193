namespace FaceLoupe.Cli.Detection.Displays;

/// <summary>How a run went.</summary>
/// <param name="Tally">What it did.</param>
/// <param name="Remaining">Inputs that a stopped run did not come to, or not to the end of.</param>
/// <param name="Videos">Whether there was a video among the inputs.</param>
/// <param name="Elapsed">Time for the inputs, without loading the model.</param>
internal sealed record RunSummary(DetectTally Tally, int Remaining, bool Videos, TimeSpan Elapsed)
{
    /// <summary>Images and frames per second.</summary>
    public double Pace => Tally.Done.Count / Math.Max(Elapsed.TotalSeconds, 1e-3);

    /// <summary>What the pace counts: frames are images too where there are both.</summary>
    public string PaceUnit => Videos && Tally.Done.Pictures == 0 ? "frames" : "images";

    /// <summary>
    /// Whether there is nothing to sum up: a single input that went through, or failed as a whole, has said all there
    /// is in a line of its own.
    /// </summary>
    public bool IsSaid => Tally.Skipped.Count + Tally.PassedOver == 0 && Tally.Inputs + Tally.Failures + Remaining <= 1
        && (Tally.Inputs == 1 || Tally.Done.Count == 0);

    /// <summary>In words, how many files and folders were passed over; empty: none.</summary>
    public string PassedOver => Tally.PassedOver > 0
        ? FormattableString.Invariant($"; {Tally.PassedOver} passed over") : string.Empty;

    /// <summary>In words, how many images and frames something happened to.</summary>
    public string Words(MediaCount some)
    {
        var pictures = some.Pictures > 0 || !Videos ? Count(some.Pictures, "image") : null;
        var frames = some.Frames > 0 || pictures is null ? Count(some.Frames, "frame") : null;
        return string.Join(" and ", ((string?[])[pictures, frames]).OfType<string>());
    }

    /// <summary>A number and what is counted.</summary>
    public static string Count(long number, string thing) =>
        FormattableString.Invariant($"{number} {thing}{(number == 1 ? string.Empty : "s")}");
}
