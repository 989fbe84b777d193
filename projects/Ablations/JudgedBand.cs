using FaceLoupe.Evaluation;

namespace FaceLoupe.Training.Ablations;

/// <summary>
/// The matched predictions of a model on a set, for one size band: enough to compute the average precision of any
/// resampling of the images.
/// </summary>
internal sealed class JudgedBand
{
    private readonly int[] faces;
    private readonly (float Score, int Picture, bool Right)[] judged;

    private JudgedBand(string set, string band, int[] faces, (float Score, int Picture, bool Right)[] judged) =>
        (Set, Band, this.faces, this.judged) = (set, band, faces, judged);

    /// <summary>Name of the set.</summary>
    public string Set { get; }

    /// <summary>Name of the band.</summary>
    public string Band { get; }

    /// <summary>Number of images.</summary>
    public int Pictures => faces.Length;

    /// <summary>Matches predictions as <see cref="BoxEvaluator"/> does.</summary>
    /// <param name="set">Name of the set.</param>
    /// <param name="pictures">The images, in the same order for all models that are compared.</param>
    /// <param name="options">IoU of a match, and the bands.</param>
    public static IEnumerable<JudgedBand> Of(
        string set, IReadOnlyList<EvaluatedPicture> pictures, BoxEvaluationOptions options)
    {
        var matches = pictures.Select(picture => PictureMatcher.Match(picture, options.IouThreshold)).ToArray();
        foreach (var band in options.Bands)
        {
            var judged = matches.SelectMany((ofPicture, i) => ofPicture
                .Where(match => BandTally.Judges(band, pictures[i].Faces, match))
                .Select(match => ((float)match.Score, i, match.IsFirst))).ToArray();
            Array.Sort(judged, static (a, b) => b.Item1.CompareTo(a.Item1));
            yield return new JudgedBand(
                set,
                band.Name,
                [.. pictures.Select(picture => picture.Faces.Count(face => BandTally.Counts(band, face)))],
                judged);
        }
    }

    /// <summary>Average precision by the all-points rule, 0 to 1; null: no face in the chosen images.</summary>
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

        var (right, count, points) = (0, 0, new List<(int Right, int Count)>());
        for (var i = 0; i < judged.Length; i++)
        {
            var (score, picture, isRight) = judged[i];
            count += times[picture];
            right += isRight ? times[picture] : 0;
            if (i + 1 == judged.Length || judged[i + 1].Score != score)
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
    public static void Write(Stream stream, IReadOnlyList<JudgedBand> bands)
    {
        using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        writer.Write(bands.Count);
        foreach (var band in bands)
        {
            writer.Write(band.Set);
            writer.Write(band.Band);
            writer.Write(band.faces.Length);
            Array.ForEach(band.faces, writer.Write);
            writer.Write(band.judged.Length);
            foreach (var (score, picture, right) in band.judged)
            {
                writer.Write(score);
                writer.Write(right ? ~picture : picture);
            }
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static IReadOnlyList<JudgedBand> Read(Stream stream)
    {
        using var reader = new BinaryReader(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        var bands = new JudgedBand[reader.ReadInt32()];
        for (var i = 0; i < bands.Length; i++)
        {
            var (set, band, faces) = (reader.ReadString(), reader.ReadString(), new int[reader.ReadInt32()]);
            for (var j = 0; j < faces.Length; j++)
            {
                faces[j] = reader.ReadInt32();
            }

            var judged = new (float, int, bool)[reader.ReadInt32()];
            for (var j = 0; j < judged.Length; j++)
            {
                var (score, picture) = (reader.ReadSingle(), reader.ReadInt32());
                judged[j] = (score, picture < 0 ? ~picture : picture, picture < 0);
            }

            bands[i] = new JudgedBand(set, band, faces, judged);
        }

        return bands;
    }
}
