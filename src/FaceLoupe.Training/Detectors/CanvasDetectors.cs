using FaceLoupe.Imaging;
using FaceLoupe.Predictions;

namespace FaceLoupe.Training.Detectors;

/// <summary>
/// Public detectors that look at canvases while a network trains. Safe to call from many threads at once.
/// </summary>
internal sealed class CanvasDetectors : IDisposable
{
    private readonly List<PublicDetector> detectors = [];
    private readonly float scale;

    /// <param name="files">Their ONNX files.</param>
    /// <param name="scale">How much larger than the canvas they see it.</param>
    /// <exception cref="FaceLoupeException">A file cannot be read, or its family is not known.</exception>
    public CanvasDetectors(IReadOnlyList<string> files, float scale)
    {
        this.scale = scale;
        try
        {
            detectors.AddRange(files.Select(PublicDetector.Load));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>
    /// What they see, the boxes of one face brought together. Its score is the mean over all of them, from 0 to 1; one
    /// that does not see it counts as 0.
    /// </summary>
    /// <param name="canvas">The canvas.</param>
    public IReadOnlyList<ScoredBox> Detect(Picture canvas)
    {
        var boxes = detectors.SelectMany((detector, i) =>
            detector.Detect(canvas, scale).Select(found => new DetectorBox(i, found.Box, (float)found.Score)));
        return
        [
            .. DetectorFusion.Fuse(boxes).Select(cluster => new ScoredBox(
                cluster.Box, cluster.Members.Sum(member => member.Confidence) / detectors.Count)),
        ];
    }

    public void Dispose() => detectors.ForEach(detector => detector.Dispose());
}
