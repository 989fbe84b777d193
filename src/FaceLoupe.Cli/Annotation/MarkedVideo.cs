using FaceLoupe.Cli.Video;
using FaceLoupe.Imaging;

namespace FaceLoupe.Cli.Annotation;

/// <summary>
/// A copy of a video with its faces marked: with its sound where it has all frames, otherwise silent and at the rate of
/// the frames that it has. It appears when it is whole.
/// </summary>
/// <param name="tools">Where ffmpeg is.</param>
/// <param name="target">The file to write, see <see cref="VideoWriter.Extensions"/>.</param>
/// <param name="info">What is known of the original.</param>
/// <param name="every">1: each frame is copied, 2: every other one, and so on.</param>
/// <param name="original">The original, of which the sound is copied.</param>
/// <param name="labels">
/// Which faces have their scores beside them. <see cref="ScoreLabels.Auto"/> gives none: decided frame by frame, they
/// would come and go.
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

    /// <summary>Removes what is not whole.</summary>
    public void Dispose() => _writer?.Dispose();

    // Without the sound there is nothing that the frames could be late for.
    private VideoWriter Begin(Picture frame) => every == 1
        ? new VideoWriter(tools, target, info, frame.Width, frame.Height, original)
        : new VideoWriter(
            tools, target, info with { Rate = info.Rate.Every(every), Delay = 0 }, frame.Width, frame.Height, null);
}
