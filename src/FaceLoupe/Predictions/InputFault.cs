namespace FaceLoupe.Predictions;

/// <summary>An input that could not be processed.</summary>
/// <param name="Image">The input as given, or the image's path.</param>
/// <param name="Message">One line that names it.</param>
internal sealed record InputFault(string Image, string Message)
{
    /// <summary>The fault of an input that the memory does not suffice for.</summary>
    /// <param name="path">The input.</param>
    /// <param name="video">Whether it is a video.</param>
    public static InputFault OfMemory(string path, bool video = false) => new(
        path,
        $"{path}: there is not enough memory for {(video ? "the frames of this video" : "this image")}; shrink it "
            + "first.");
}
