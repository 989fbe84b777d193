using System.Text.Json.Serialization;

namespace FaceLoupe.Training.Ablations;

/// <summary>What was measured for a row with one seed.</summary>
internal sealed record RowFigures
{
    /// <summary>One entry a validation folder, and one for WIDER FACE where it was given.</summary>
    public required IReadOnlyList<SetFigures> Sets { get; init; }

    /// <summary>
    /// On mined validation regions: PSNR in dB and SSIM of bicubic, G1 and G2, and the discriminator's average
    /// precision. Empty for a baseline alone, and where none were mined.
    /// </summary>
    public IReadOnlyDictionary<string, double> Regions { get; init; } = new Dictionary<string, double>();

    /// <summary>Images that could not be read; their faces count as missed.</summary>
    public int UnreadablePictures { get; init; }

    /// <summary>What was said of every image of the folders, scored; WIDER FACE's own protocol has none.</summary>
    [JsonIgnore]
    public Lazy<IReadOnlyList<EvaluatedBand>> Evaluated { get; init; } = new([]);

    /// <summary>The judgements of one set and band; null: none.</summary>
    public EvaluatedBand? EvaluatedOn(string set, string band) =>
        Evaluated.Value.FirstOrDefault(scored => scored.Set == set && scored.Band == band);
}

/// <summary>Figures on one folder of images.</summary>
/// <param name="Set">Its name.</param>
/// <param name="Pictures">Images that were looked at.</param>
/// <param name="Bands">By size of the faces; easy, medium and hard on WIDER FACE.</param>
internal sealed record SetFigures(string Set, int Pictures, IReadOnlyList<BandFigures> Bands)
{
    /// <summary>Name of the set of figures on WIDER FACE.</summary>
    public const string Wider = "WIDER FACE";

    /// <summary>What a set's name ends in where D decides alone.</summary>
    public const string Alone = ", D alone";
}

/// <summary>Figures of one band.</summary>
/// <param name="Band">Its name.</param>
/// <param name="Faces">Faces that count.</param>
/// <param name="Ap">Average precision, 0 to 1; null if there is no face.</param>
/// <param name="Recall">
/// Share of the faces found at the model's threshold; null on WIDER FACE and without faces.
/// </param>
/// <param name="FalseAlarms">False alarms per image at the model's threshold; null on WIDER FACE.</param>
internal sealed record BandFigures(string Band, int Faces, double? Ap, double? Recall, double? FalseAlarms);
