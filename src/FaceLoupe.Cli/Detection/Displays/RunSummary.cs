using FaceLoupe.Programs;

namespace FaceLoupe.Cli.Detection.Displays;

/// <summary>How a run went.</summary>
/// <param name="Tally">What it did.</param>
/// <param name="Remaining">Inputs that a stopped run did not finish.</param>
/// <param name="Videos">Whether one of the inputs is a video.</param>
/// <param name="Elapsed">Time for the inputs, without loading the model.</param>
internal sealed record RunSummary(DetectTally Tally, int Remaining, bool Videos, TimeSpan Elapsed)
{
    /// <summary>Images and frames per second.</summary>
    public double Pace => Tally.Done.Count / Math.Max(Elapsed.TotalSeconds, 1e-3);

    /// <summary>The unit of the pace; frames count as images if there are both.</summary>
    public string PaceUnit => Videos && Tally.Done.Pictures == 0 ? "frames" : "images";

    /// <summary>
    /// Whether no summary is needed: for a single input that was processed, or failed as a whole, its own line says
    /// everything.
    /// </summary>
    public bool IsSaid => Tally.Skipped.Count + Tally.PassedOver == 0 && Tally.Inputs + Tally.Failures + Remaining <= 1
        && (Tally.Inputs == 1 || Tally.Done.Count == 0);

    /// <summary>In words, how many files and folders were skipped; empty: none.</summary>
    public string PassedOver => Tally.PassedOver > 0
        ? FormattableString.Invariant($"; {Tally.PassedOver} skipped") : string.Empty;

    /// <summary>A number of images and frames, in words.</summary>
    public string Words(MediaCount some)
    {
        var pictures = some.Pictures > 0 || !Videos ? Numbers.Count(some.Pictures, "image") : null;
        var frames = some.Frames > 0 || pictures is null ? Numbers.Count(some.Frames, "frame") : null;
        return string.Join(" and ", ((string?[])[pictures, frames]).OfType<string>());
    }
}
