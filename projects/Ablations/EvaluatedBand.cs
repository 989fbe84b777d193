using FaceLoupe.Evaluation;

namespace FaceLoupe.Training.Ablations;

/// <summary>
/// The matched predictions of a model on a set, for one size band: enough to compute the average precision of any
/// resampling of the images.
/// </summary>
internal sealed class EvaluatedBand
{
    private readonly int[] faces;
    private readonly (float Score, int Picture, bool Right)[] predictions;

    private EvaluatedBand(string set, string band, int[] faces, (float Score, int Picture, bool Right)[] predictions) =>
        (Set, Band, this.faces, this.predictions) = (set, band, faces, predictions);

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
    public static IEnumerable<EvaluatedBand> Of(
        string set, IReadOnlyList<EvaluatedPicture> pictures, BoxEvaluationOptions options)
    {
        var matches = pictures.Select(picture => PictureMatcher.Match(picture, options.IouThreshold)).ToArray();
        foreach (var band in options.Bands)
        {
            var predictions = matches.SelectMany((ofPicture, i) => ofPicture
                .Where(match => BandTally.IsScored(band, pictures[i].Faces, match))
                .Select(match => ((float)match.Score, i, match.IsFirst))).ToArray();
            Array.Sort(predictions, static (a, b) => b.Item1.CompareTo(a.Item1));
            yield return new EvaluatedBand(
                set,
                band.Name,
                [.. pictures.Select(picture => picture.Faces.Count(face => BandTally.Counts(band, face)))],
                predictions);
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

        var (right, count, points) = (0, 0, new List<PrecisionRecallPoint>());
        for (var i = 0; i < predictions.Length; i++)
        {
            var (score, picture, isRight) = predictions[i];
            count += times[picture];
            right += isRight ? times[picture] : 0;
            if (count > 0 && (i + 1 == predictions.Length || predictions[i + 1].Score != score))
            {
                points.Add(new PrecisionRecallPoint(score, right / (double)all, right / (double)count));
            }
        }

        return new PrecisionRecallCurve(points).AveragePrecision;
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
            writer.Write(band.predictions.Length);
            foreach (var (score, picture, right) in band.predictions)
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

            var predictions = new (float, int, bool)[reader.ReadInt32()];
            for (var j = 0; j < predictions.Length; j++)
            {
                var (score, picture) = (reader.ReadSingle(), reader.ReadInt32());
                predictions[j] = (score, picture < 0 ? ~picture : picture, picture < 0);
            }

            bands[i] = new EvaluatedBand(set, band, faces, predictions);
        }

        return bands;
    }
}
