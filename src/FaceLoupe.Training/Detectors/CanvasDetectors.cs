using FaceLoupe.Imaging;
using FaceLoupe.Predictions;

namespace FaceLoupe.Training.Detectors;

/// <summary>Public detectors that look at canvases during training. Thread-safe.</summary>
internal sealed class CanvasDetectors : IDisposable
{
    // Boxes that a look scores lower are noise.
    private const double LowestScore = 0.03;

    private readonly Dictionary<string, PublicDetector> detectors = [];
    private readonly CanvasViewOptions[] looks;

    /// <param name="looks">Which detector looks, at what scale, mirrored or not.</param>
    /// <exception cref="FaceLoupeException">A file cannot be read, or its family is not known.</exception>
    public CanvasDetectors(IEnumerable<CanvasViewOptions> looks)
    {
        this.looks = [.. looks];
        try
        {
            foreach (var file in this.looks.Select(look => look.File).Distinct())
            {
                detectors.Add(file, PublicDetector.Load(file));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The fused boxes of all looks. A score is the mean over them, 0 to 1; without a box it is 0.</summary>
    /// <param name="canvas">The canvas.</param>
    public IReadOnlyList<ScoredBox> Detect(Picture canvas)
    {
        var mirrored = new Lazy<Picture>(() => MirrorImage(canvas));
        var boxes = looks.SelectMany((look, i) => detectors[look.File]
            .Detect(look.Mirrored ? mirrored.Value : canvas, look.Scale)
            .Where(found => found.Score >= LowestScore)
            .Select(found => new DetectorBox(
                i, look.Mirrored ? found.Box.Mirror(canvas.Width) : found.Box, (float)found.Score)));
        return
        [
            .. DetectorFusion.Fuse(boxes).Select(cluster => new ScoredBox(
                cluster.Box, cluster.Members.Sum(member => member.Confidence) / looks.Length)),
        ];
    }

    public void Dispose()
    {
        foreach (var detector in detectors.Values)
        {
            detector.Dispose();
        }
    }

    private static Picture MirrorImage(Picture canvas)
    {
        var mirrored = new Picture(canvas.Width, canvas.Height, [.. canvas.Pixels]);
        PictureMirror.Apply(mirrored);
        return mirrored;
    }
}
