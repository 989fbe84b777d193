using FaceLoupe.Imaging;

namespace FaceLoupe.Cli.Video;

/// <summary>A frame and when it is shown.</summary>
/// <param name="Picture">The frame, upright.</param>
/// <param name="Seconds">Time since the first frame, in seconds.</param>
internal readonly record struct TimedFrame(Picture Picture, double Seconds);
