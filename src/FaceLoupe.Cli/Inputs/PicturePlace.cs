using FaceLoupe.Predictions;

namespace FaceLoupe.Cli.Inputs;

/// <summary>An image of a run: an input, or a frame of one that is a video.</summary>
/// <param name="Input">The input's index in <see cref="InputList.Paths"/>.</param>
/// <param name="Frame">The frame; null: the input is an image.</param>
internal readonly record struct PicturePlace(int Input, FramePosition? Frame = null);
