namespace FaceLoupe.Evaluation.Fddb;

/// <summary>
/// FDDB's evaluation: at every score, detections and faces of an image are matched one to one so that the sum of
/// overlaps is largest. The discrete score counts pairs that overlap by more than 0.5, the continuous one sums all
/// overlaps; false positives are the detections without a discrete score, for both.
/// </summary>
/// <remarks>
/// The original draws regions as pixel masks and cuts them at the image's border. Here the overlap is that of the
/// shapes themselves and images have no border, because the folds do not state sizes.
/// </remarks>
public static class FddbEvaluator
{
    private const double DiscreteOverlap = 0.5;

    /// <summary>Scores detections.</summary>
    /// <param name="folds">The annotated images.</param>
    /// <param name="detections">The detections by image name.</param>
    /// <exception cref="FaceLoupeException">There is no face, or no detection belongs to an image.</exception>
    public static FddbResult Evaluate(
        IReadOnlyList<FddbPicture> folds, IReadOnlyDictionary<string, FddbPicture> detections)
    {
        ArgumentNullException.ThrowIfNull(folds);
        ArgumentNullException.ThrowIfNull(detections);
        var names = folds.Select(picture => picture.Name).ToHashSet(StringComparer.Ordinal);
        var faces = folds.Sum(picture => picture.Regions.Count);
        if (faces == 0)
        {
            throw new FaceLoupeException("The folds hold no face; expected at least one to find.");
        }

        string[] missing = [.. names.Where(name => !detections.ContainsKey(name)).Order(StringComparer.Ordinal)];
        if (missing.Length == names.Count)
        {
            throw new FaceLoupeException(
                $"No detection belongs to an image of the folds; expected names such as {missing[0]}.");
        }

        var steps = new List<Step>();
        var count = 0;
        foreach (var picture in folds)
        {
            if (detections.TryGetValue(picture.Name, out var found))
            {
                count += found.Regions.Count;
                AddSteps(steps, picture.Regions, found.Regions);
            }
        }

        return new FddbResult(
            Points(steps, faces),
            folds.Count,
            faces,
            count,
            missing,
            [.. detections.Keys.Where(name => !names.Contains(name)).Order(StringComparer.Ordinal)]);
    }

    // What one image adds to the sums at its next lower score.
    private static void AddSteps(List<Step> steps, IReadOnlyList<ScoredRegion> faces, IReadOnlyList<ScoredRegion> found)
    {
        var matching = new BestMatching(faces.Count);
        var overlaps = new double[faces.Count];
        var (discrete, continuous) = (0, 0d);
        foreach (var group in found.GroupBy(detection => detection.Score).OrderByDescending(group => group.Key))
        {
            var size = 0;
            foreach (var detection in group)
            {
                size++;
                for (var face = 0; face < overlaps.Length; face++)
                {
                    overlaps[face] = detection.Region.IoU(faces[face].Region);
                }

                matching.Add(overlaps);
            }

            var (nowDiscrete, nowContinuous) = (0, 0d);
            foreach (var overlap in matching.Overlaps)
            {
                nowDiscrete += overlap > DiscreteOverlap ? 1 : 0;
                nowContinuous += overlap;
            }

            steps.Add(new Step(group.Key, size, nowDiscrete - discrete, nowContinuous - continuous));
            (discrete, continuous) = (nowDiscrete, nowContinuous);
        }
    }

    private static List<FddbPoint> Points(List<Step> steps, int faces)
    {
        steps.Sort(static (a, b) => b.Score.CompareTo(a.Score));
        var points = new List<FddbPoint>();
        var (detections, discrete, continuous) = (0, 0, 0d);
        for (var i = 0; i < steps.Count; i++)
        {
            detections += steps[i].Detections;
            discrete += steps[i].Discrete;
            continuous += steps[i].Continuous;
            if (i + 1 == steps.Count || steps[i + 1].Score != steps[i].Score)
            {
                points.Add(new FddbPoint(
                    steps[i].Score, detections - discrete, (double)discrete / faces, continuous / faces));
            }
        }

        return points;
    }

    private readonly record struct Step(double Score, int Detections, int Discrete, double Continuous);
}
