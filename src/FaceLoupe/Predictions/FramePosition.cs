namespace FaceLoupe.Predictions;

/// <summary>Where a frame stands in its video.</summary>
/// <param name="Number">Its number, from 0.</param>
/// <param name="Seconds">Time since the first frame, in seconds.</param>
internal readonly record struct FramePosition(long Number, double Seconds);
