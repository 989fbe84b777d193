using FaceLoupe.Datasets;

namespace FaceLoupe.Evaluation;

/// <summary>Accumulates the results of one size band, image by image.</summary>
internal sealed class BandTally(SizeBand band, BoxEvaluationOptions options)
{
    private readonly List<(double Score, bool Right)> _scored = [];
    private int _pictures;
    private int _faces;
    private int _proposed;
    private int _foundAtThreshold;
    private int _falseAtThreshold;
    private int _found;
    private double _localizationError;

    /// <summary>Adds an image.</summary>
    /// <param name="faces">Its ground truth.</param>
    /// <param name="matches">Its matches, best score first.</param>
    public void Add(IReadOnlyList<FaceAnnotation> faces, ReadOnlySpan<PredictionMatch> matches)
    {
        _pictures++;
        _faces += faces.Count(face => Counts(band, face));
        for (var rank = 0; rank < matches.Length; rank++)
        {
            if (IsScored(band, faces, matches[rank]))
            {
                AddMatch(matches[rank], rank);
            }
        }
    }

    /// <summary>Whether a face counts in a band.</summary>
    internal static bool Counts(SizeBand band, FaceAnnotation face) => !face.Invalid && band.Holds(face.Box.LongerSide);

    /// <summary>
    /// Whether a prediction counts in a band, as a true or false positive; otherwise it is ignored there.
    /// </summary>
    internal static bool IsScored(SizeBand band, IReadOnlyList<FaceAnnotation> faces, in PredictionMatch match) =>
        match.Face < 0 ? band.CountsFalsePositive(match.LongerSide) : Counts(band, faces[match.Face]);

    /// <summary>The result so far.</summary>
    public BandResult Result() => new(
        band,
        _faces,
        _faces > 0 ? PrecisionRecallCurve.Of(_scored, _faces) : null,
        ShareOfFaces(_proposed),
        ShareOfFaces(_foundAtThreshold),
        (double)_falseAtThreshold / _pictures,
        _found > 0 ? _localizationError / _found : null);

    private void AddMatch(in PredictionMatch match, int rank)
    {
        _scored.Add((match.Score, match.IsFirst));
        var reported = match.Score >= options.Threshold;
        if (!match.IsFirst)
        {
            _falseAtThreshold += reported ? 1 : 0;
            return;
        }

        _found++;
        _localizationError += 1 - match.Overlap;
        _proposed += rank < options.ProposalBudget ? 1 : 0;
        _foundAtThreshold += reported ? 1 : 0;
    }

    private double? ShareOfFaces(int count) => _faces > 0 ? (double)count / _faces : null;
}
