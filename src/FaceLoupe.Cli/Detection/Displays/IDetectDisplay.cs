namespace FaceLoupe.Cli.Detection.Displays;

/// <summary>What a run shows while it works, on standard error.</summary>
internal interface IDetectDisplay
{
    /// <summary>Shows progress while the work goes on.</summary>
    /// <param name="inputs">Number of images and videos to process.</param>
    /// <param name="work">The work; calls the other methods.</param>
    void During(int inputs, Action work);

    /// <summary>An image is finished.</summary>
    void Finished(string image, Detections found, int faces, TimeSpan took);

    /// <summary>The search of a video begins.</summary>
    /// <param name="video">Its path.</param>
    /// <param name="frames">Estimated number of frames to search; null: not known.</param>
    void VideoStarted(string video, long? frames)
    {
    }

    /// <summary>A frame is finished, or was before.</summary>
    void FrameFinished(VideoTally video)
    {
    }

    /// <summary>A video is finished.</summary>
    void VideoFinished(VideoTally video);

    /// <summary>An input failed, or the run must stop: one line.</summary>
    void Fault(string message);

    /// <summary>The run has ended.</summary>
    void Summary(RunSummary summary);
}
