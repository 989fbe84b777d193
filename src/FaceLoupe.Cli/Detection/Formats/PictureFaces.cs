using FaceLoupe.Evaluation;
using FaceLoupe.Geometry;

namespace FaceLoupe.Cli.Detection.Formats;

/// <summary>What is written about one picture.</summary>
/// <param name="Image">Its path, as given or found.</param>
/// <param name="Name">Its name among the others, see <see cref="InputList.Names"/>.</param>
/// <param name="Width">Width of the upright picture, in pixels.</param>
/// <param name="Height">Height of the upright picture, in pixels.</param>
/// <param name="Faces">The faces, best first.</param>
internal sealed record PictureFaces(
    string Image, string Name, int Width, int Height, IReadOnlyList<FoundFace> Faces)
{
    /// <summary>The faces with the score as a logit, which does not run into 1.</summary>
    public IEnumerable<ScoredBox> ByLogit => Faces.Select(face => new ScoredBox(face.Box, face.Logit));

    /// <summary>The faces with the score as a probability, in double precision: order survives close to 1.</summary>
    public IEnumerable<ScoredBox> ByScore => Faces.Select(face => new ScoredBox(face.Box, face.Score));

    /// <summary>What a detector found.</summary>
    public static PictureFaces Of(string image, string name, Detections found, IEnumerable<Face> faces) => new(
        image, name, found.Width, found.Height, [.. faces.Select(face => new FoundFace(face.Box, face.Logit))]);
}

/// <summary>One face as it is written.</summary>
/// <param name="Box">Where, in pixels.</param>
/// <param name="Logit">How sure, as a logit.</param>
internal readonly record struct FoundFace(Box Box, double Logit)
{
    /// <summary>How sure, from 0 to 1.</summary>
    public double Score => 1 / (1 + Math.Exp(-Logit));

    /// <summary>The logit of a score; scores of 0 and 1 count as close to them.</summary>
    public static double LogitOf(double score)
    {
        var inside = Math.Clamp(score, 1e-12, 1 - 1e-12);
        return Math.Log(inside / (1 - inside));
    }
}
