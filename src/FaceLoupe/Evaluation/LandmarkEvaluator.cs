using FaceLoupe.Datasets;
using FaceLoupe.Geometry;

namespace FaceLoupe.Evaluation;

/// <summary>Scores landmarks on images whose annotations have them; faces without are skipped.</summary>
public static class LandmarkEvaluator
{
    /// <summary>Normalised error from which the landmarks of a face count as failed.</summary>
    public const double Failed = 0.1;

    /// <summary>
    /// Scores images. The best-scored prediction on a face, as <see cref="BoxEvaluator"/> matches them, is the one
    /// whose landmarks count, whatever its score.
    /// </summary>
    /// <param name="pictures">The images.</param>
    /// <param name="options">Bands and minimum overlap; null: the defaults.</param>
    /// <returns>One result per band.</returns>
    /// <exception cref="FaceLoupeException">The options are invalid, or a prediction is not finite.</exception>
    public static IReadOnlyList<LandmarkResult> Evaluate(
        IEnumerable<EvaluatedPicture> pictures, BoxEvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        options ??= new BoxEvaluationOptions();
        options.Validate();
        var faces = new List<(float Side, double? Error)>();
        foreach (var picture in pictures)
        {
            var matches = PictureMatcher.Match(picture, options.IouThreshold)
                .Where(match => match.IsFirst).ToDictionary(match => match.Face, match => match.Prediction);
            for (var i = 0; i < picture.Faces.Count; i++)
            {
                if (picture.Faces[i] is { Invalid: false, Landmarks: { } expected } face)
                {
                    var found = matches.TryGetValue(i, out var prediction)
                        ? picture.Predictions[prediction].Landmarks : null;
                    faces.Add((face.Box.LongerSide, found is null ? null : Error(found, expected, face)));
                }
            }
        }

        return [.. options.Bands.Select(band => Result(
            band, [.. faces.Where(face => band.Holds(face.Side)).Select(face => face.Error)]))];
    }

    private static LandmarkResult Result(SizeBand band, double?[] errors)
    {
        double[] found = [.. errors.OfType<double>()];
        return new LandmarkResult(
            band, errors.Length, found.Length, found.Length == 0 ? null : found.Average(),
            found.Length == 0 ? null : (double)found.Count(error => error > Failed) / found.Length);
    }

    private static double Error(FaceLandmarks found, FaceLandmarks expected, FaceAnnotation face) =>
        found.Points.Zip(expected.Points, (a, b) => Math.Sqrt(Math.Pow(a.X - b.X, 2) + Math.Pow(a.Y - b.Y, 2)))
            .Average() / Math.Sqrt(face.Box.Area);
}
