using FaceLoupe.Imaging;
using FaceLoupe.Predictions;

namespace FaceLoupe.Training.Paper.Figures;

/// <summary>Finds the faces of many pictures, every score kept.</summary>
internal sealed class FaceFinder(FaceLoupeDetector detector, TextWriter log, CancellationToken cancellation)
{
    /// <summary>
    /// The faces of a picture with logits as scores; none for a file that cannot be read, which is reported.
    /// </summary>
    public IReadOnlyList<ScoredBox> Find(string path)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            return [.. detector.Detect(path, cancellation).Faces.Select(face => new ScoredBox(face.Box, face.Logit))];
        }
        catch (UnreadablePictureException fault)
        {
            log.WriteLine(fault.Message);
            return [];
        }
    }
}
