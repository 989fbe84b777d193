namespace FaceLoupe.Cli.Detection.Displays;

/// <summary>What a run shows while it works, on standard error.</summary>
internal interface IDetectDisplay
{
    /// <summary>Shows progress while the work goes on.</summary>
    /// <param name="pictures">How many pictures there are to work through.</param>
    /// <param name="work">The work; calls the other methods.</param>
    void During(int pictures, Action work);

    /// <summary>A picture is finished.</summary>
    void Finished(string image, Detections found, int faces, TimeSpan took);

    /// <summary>An input failed, or the run has to stop: one line.</summary>
    void Fault(string message);

    /// <summary>The run has ended.</summary>
    void Summary(RunSummary summary);
}
