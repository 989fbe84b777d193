using FaceLoupe.Cli.Video;
using FaceLoupe.Imaging;

namespace FaceLoupe.Cli.Annotation;

/// <summary>
/// A copy of a video with its faces marked: with sound if it has all frames, otherwise silent and at a lower frame
/// rate. It appears when it is complete.
/// </summary>
/// <param name="tools">Where ffmpeg is.</param>
/// <param name="target">The file to write, see <see cref="VideoWriter.Extensions"/>.</param>
/// <param name="info">Properties of the original.</param>
/// <param name="every">1: each frame is copied, 2: every other one, and so on.</param>
/// <param name="original">The original, of which the sound is copied.</param>
/// <param name="labels">
/// Which faces are labelled with their scores. <see cref="ScoreLabels.Auto"/> labels none: decided frame by frame,
/// labels would flicker.
/// </param>
internal sealed class MarkedVideo(
    FfmpegTools tools, string target, VideoInfo info, int every, string original, ScoreLabels labels)
    : IDisposable
{
    private VideoWriter? _writer;

    /// <summary>Adds a frame, with its time since the first.</summary>
    /// <exception cref="FaceLoupeException">It cannot be written.</exception>
    public void Write(Picture frame, double seconds, IReadOnlyList<Face> faces)
    {
        _writer ??= Begin(frame);
        var marked = FaceMarker.Mark(frame, faces, labels == ScoreLabels.Always ? labels : ScoreLabels.Never);
        _writer.Write(marked, seconds);
    }

    /// <summary>Ends the video and gives it its name.</summary>
    /// <exception cref="FaceLoupeException">It cannot be written.</exception>
    public void Finish() => _writer?.Finish();

    /// <summary>Removes an incomplete video.</summary>
    public void Dispose() => _writer?.Dispose();

    // Without sound, frames need no delay.
    private VideoWriter Begin(Picture frame) => every == 1
        ? new VideoWriter(tools, target, info, frame.Width, frame.Height, original)
        : new VideoWriter(
            tools, target, info with { Rate = info.Rate.Every(every), Delay = 0 }, frame.Width, frame.Height, null);
}
