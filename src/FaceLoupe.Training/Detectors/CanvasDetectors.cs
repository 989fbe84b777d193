using FaceLoupe.Imaging;
using FaceLoupe.Predictions;

namespace FaceLoupe.Training.Detectors;

/// <summary>Public detectors that run on canvases during training. Thread-safe.</summary>
internal sealed class CanvasDetectors : IDisposable
{
    private readonly List<PublicDetector> detectors = [];
    private readonly float scale;

    /// <param name="files">Their ONNX files.</param>
    /// <param name="scale">Enlargement of the canvas for them.</param>
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

    /// <summary>Their fused boxes. A score is the mean over all detectors, 0 to 1; without a box it is 0.</summary>
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
