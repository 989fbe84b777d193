using FaceLoupe.Predictions;

namespace FaceLoupe.Cli.Inputs;

/// <summary>Which image of a run: an input or, where that is a video, one of its frames.</summary>
/// <param name="Input">The input's place in <see cref="InputList.Paths"/>.</param>
/// <param name="Frame">The frame; null: the input is an image.</param>
internal readonly record struct PicturePlace(int Input, FramePosition? Frame = null);
