using FaceLoupe.Cli.Inputs;
using FaceLoupe.Predictions;

namespace FaceLoupe.Cli.Detection.Outputs;

/// <summary>
/// Where the results of a run go. All methods throw <see cref="FaceLoupeException"/> where that is refused.
/// </summary>
internal interface IDetectionOutput : IDisposable
{
    /// <summary>Whether inputs that failed are results too: it is finished even where there is nothing else.</summary>
    bool RecordsFailures => false;

    /// <summary>Whether an earlier run has finished an image or frame.</summary>
    bool IsFinished(PicturePlace place);

    /// <summary>Takes the result of an image or frame; it is safe once this returns.</summary>
    void Write(PicturePlace place, PictureFaces picture);

    /// <summary>Takes an input that failed.</summary>
    void Write(InputFault fault);

    /// <summary>Ends the output. Called once, unless there is nothing to write at all.</summary>
    void Finish();
}
