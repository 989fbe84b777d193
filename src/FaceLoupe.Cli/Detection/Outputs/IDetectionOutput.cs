using FaceLoupe.Cli.Inputs;
using FaceLoupe.Predictions;

namespace FaceLoupe.Cli.Detection.Outputs;

/// <summary>
/// Where the results of a run go. All methods throw <see cref="FaceLoupeException"/> if they cannot be written.
/// </summary>
internal interface IDetectionOutput : IDisposable
{
    /// <summary>Whether failed inputs are results too, so that the output is finished even if all failed.</summary>
    bool RecordsFailures => false;

    /// <summary>Whether an earlier run has finished an image or frame.</summary>
    bool IsFinished(PicturePlace place);

    /// <summary>Takes the result of an image or frame, which is safe once this returns.</summary>
    void Write(PicturePlace place, PictureFaces picture);

    /// <summary>Takes an input that failed; by default, the output does not record it.</summary>
    void Write(InputFault fault)
    {
    }

    /// <summary>
    /// Ends the output. Called once, unless there is nothing to write. By default, nothing is left to do.
    /// </summary>
    void Finish()
    {
    }

    void IDisposable.Dispose()
    {
    }
}
