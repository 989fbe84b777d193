namespace FaceLoupe.Cli.Detection.Displays;

/// <summary>How a run went.</summary>
/// <param name="Pictures">Pictures looked at.</param>
/// <param name="Faces">Faces found in them.</param>
/// <param name="Failures">Inputs that failed.</param>
/// <param name="Skipped">Pictures that an earlier run had finished.</param>
/// <param name="Remaining">Pictures that a stopped run did not come to.</param>
/// <param name="Elapsed">Time for the pictures, without loading the model.</param>
internal sealed record RunSummary(
    int Pictures, int Faces, int Failures, int Skipped, int Remaining, TimeSpan Elapsed)
{
    /// <summary>Pictures a second.</summary>
    public double Pace => Pictures / Math.Max(Elapsed.TotalSeconds, 1e-3);
}
