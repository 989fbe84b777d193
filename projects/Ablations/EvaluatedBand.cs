using FaceLoupe.Evaluation;

namespace FaceLoupe.Training.Ablations;

/// <summary>
/// What a model said of the images of a set, scored for one band of sizes: enough to tell the average precision of
/// any choice of the images.
/// </summary>
internal sealed class EvaluatedBand
{
    private readonly int[] faces;
    private readonly (float Score, int Picture, bool Right)[] scored;

    private EvaluatedBand(string set, string band, int[] faces, (float Score, int Picture, bool Right)[] scored) =>
        (Set, Band, this.faces, this.scored) = (set, band, faces, scored);

    /// <summary>Name of the set.</summary>
    public string Set { get; }

    /// <summary>Name of the band.</summary>
    public string Band { get; }

    /// <summary>Number of images.</summary>
    public int Pictures => faces.Length;

    /// <summary>Judges predictions as <see cref="BoxEvaluator"/> does.</summary>
    /// <param name="set">Name of the set.</param>
    /// <param name="pictures">The images; their order is what other models' judgements are compared by.</param>
    /// <param name="options">What a match is, and the bands.</param>
    public static IEnumerable<EvaluatedBand> Of(
        string set, IReadOnlyList<EvaluatedPicture> pictures, BoxEvaluationOptions options)
    {
        var matches = pictures.Select(picture => PictureMatcher.Match(picture, options.IouThreshold)).ToArray();
        foreach (var band in options.Bands)
        {
            var scored = matches.SelectMany((ofPicture, i) => ofPicture
                .Where(match => BandTally.IsScored(band, pictures[i].Faces, match))
                .Select(match => ((float)match.Score, i, match.IsFirst))).ToArray();
            Array.Sort(scored, static (a, b) => b.Item1.CompareTo(a.Item1));
            yield return new EvaluatedBand(
                set,
                band.Name,
                [.. pictures.Select(picture => picture.Faces.Count(face => BandTally.Counts(band, face)))],
                scored);
        }
    }

    /// <summary>
    /// Average precision by the all-points rule, 0 to 1; null if the chosen images show no face.
    /// </summary>
    /// <param name="times">How many times each image is taken.</param>
    public double? AveragePrecision(ReadOnlySpan<int> times)
    {
        var all = 0;
        for (var i = 0; i < faces.Length; i++)
        {
            all += times[i] * faces[i];
        }

        if (all == 0)
        {
            return null;
        }

        // Precision at a recall is the best one at this or any higher recall, hence two passes.
        var (right, count, points) = (0, 0, new List<(int Right, int Count)>());
        for (var i = 0; i < scored.Length; i++)
        {
            var (score, picture, isRight) = scored[i];
            count += times[picture];
            right += isRight ? times[picture] : 0;
            if (i + 1 == scored.Length || scored[i + 1].Score != score)
            {
                points.Add((right, count));
            }
        }

        var (area, best) = (0d, 0d);
        for (var i = points.Count - 1; i >= 0; i--)
        {
            best = points[i].Count == 0 ? best : Math.Max(best, points[i].Right / (double)points[i].Count);
            area += (points[i].Right - (i > 0 ? points[i - 1].Right : 0)) * best;
        }

        return area / all;
    }

    /// <summary>Writes bands one after the other.</summary>
    public static void Write(Stream stream, IReadOnlyList<EvaluatedBand> bands)
    {
        using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        writer.Write(bands.Count);
        foreach (var band in bands)
        {
            writer.Write(band.Set);
            writer.Write(band.Band);
            writer.Write(band.faces.Length);
            Array.ForEach(band.faces, writer.Write);
            writer.Write(band.scored.Length);
            foreach (var (score, picture, right) in band.scored)
            {
                writer.Write(score);
                writer.Write(right ? ~picture : picture);
            }
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static IReadOnlyList<EvaluatedBand> Read(Stream stream)
    {
        using var reader = new BinaryReader(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        var bands = new EvaluatedBand[reader.ReadInt32()];
        for (var i = 0; i < bands.Length; i++)
        {
            var (set, band, faces) = (reader.ReadString(), reader.ReadString(), new int[reader.ReadInt32()]);
            for (var j = 0; j < faces.Length; j++)
            {
                faces[j] = reader.ReadInt32();
            }

            var scored = new (float, int, bool)[reader.ReadInt32()];
            for (var j = 0; j < scored.Length; j++)
            {
                var (score, picture) = (reader.ReadSingle(), reader.ReadInt32());
                scored[j] = (score, picture < 0 ? ~picture : picture, picture < 0);
            }

            bands[i] = new EvaluatedBand(set, band, faces, scored);
        }

        return bands;
    }
}
