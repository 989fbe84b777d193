using FaceLoupe.Cli.Detection.Formats;

namespace FaceLoupe.Cli.Detection.Outputs;

/// <summary>
/// Where the results of a run go. All methods throw <see cref="FaceLoupeException"/> where that is refused.
/// </summary>
internal interface IDetectionOutput : IDisposable
{
    /// <summary>Whether an earlier run has finished a picture, by its place among the inputs.</summary>
    bool IsFinished(int index);

    /// <summary>Takes the result of a picture, by its place among the inputs; it is safe once this returns.</summary>
    void Write(int index, PictureFaces picture);

    /// <summary>Takes an input that failed.</summary>
    void Write(InputFault fault);

    /// <summary>Ends the output. Called once, unless there is nothing to write at all.</summary>
    void Finish();
}
