using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using FaceLoupe.Proposals;
using FaceLoupe.Training.Detectors;
using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Samples.Layout;

namespace FaceLoupe.Training.Mining;

/// <summary>How stage 1 searches a canvas while mining.</summary>
internal enum MiningSearch
{
    /// <summary>As the exported detector, with the scales, size bands and box voting of <c>export</c>.</summary>
    Plan,

    /// <summary>One enlarged view of the canvas, as in the paper.</summary>
    View,
}

/// <summary>How faces and non-faces are cropped for stage 2 (the paper's sections 3.1 and 4.2).</summary>
internal sealed record MiningOptions : IValidatableObject
{
    /// <summary>Canvases to mine for training. Default 2,000.</summary>
    [Range(1, int.MaxValue)]
    public int Canvases { get; init; } = 2000;

    /// <summary>Canvases to mine from the validation images, if there are any. Default 100.</summary>
    [Range(0, int.MaxValue)]
    public int ValidationCanvases { get; init; } = 100;

    /// <summary>
    /// Mine whole images of the data, each once, instead of canvases: the low-resolution RoI is the bicubic quarter of
    /// the high-resolution one, as in the paper. The numbers of canvases are then the maximum number of images, spread
    /// evenly over the data. Default false.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool WholePictures { get; init; }

    /// <summary>
    /// Boxes of another detector that are mined instead of stage 1's, for whole images: a file or folder in the text
    /// layout of WIDER FACE that names the images of data and validationData; null (the default): stage 1's.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Recorded { get; init; }

    /// <summary>What the scores of <see cref="Recorded"/> are. Default: probabilities.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public RecordedScores RecordedScores { get; init; }

    /// <summary>Arithmetic of stage 1 while mining. Default float32.</summary>
    public TrainingPrecision Precision { get; init; }

    /// <summary>
    /// How stage 1 searches. By default as detection does; canvases are then never enlarged beforehand
    /// (<see cref="CanvasOptions.UpsampledShare"/> 0), and suppression is that of <c>export</c>.
    /// </summary>
    public MiningSearch Search { get; init; } = MiningSearch.Plan;

    /// <summary>Enlargement of a canvas with search view. Default 2.</summary>
    [Range(1, 4)]
    public int Enlargement { get; init; } = 2;

    /// <summary>Lowest score of a mined proposal, 0 to 1. Default 0.02.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public float MinScore { get; init; } = 0.02f;

    /// <summary>IoU threshold of the NMS of one view, looser than in detection for variety. Default 0.7.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public float Nms { get; init; } = 0.7f;

    /// <summary>Maximum number of proposals per canvas, best first. Default 600, as in the paper.</summary>
    [Range(1, int.MaxValue)]
    public int ProposalsPerCanvas { get; init; } = 600;

    /// <summary>IoU with a face from which a proposal is a face. Default 0.5.</summary>
    public float FaceIoU { get; init; } = 0.5f;

    /// <summary>IoU with every face below which a proposal is a non-face. Default 0.3.</summary>
    public float NonFaceIoU { get; init; } = 0.3f;

    /// <summary>Non-faces kept per face, hardest first; the paper's sets have 1.5. Default 1.5.</summary>
    [Range(0.0, double.MaxValue)]
    public double NonFacesPerFace { get; init; } = 1.5;

    /// <summary>
    /// Share of the non-faces that are the hardest ones; the others are drawn from the rest, so that D also sees easy
    /// ones. Default 0.5; the paper takes the hardest only (1).
    /// </summary>
    [Range(0.0, 1.0)]
    public double HardestShare { get; init; } = 0.5;

    /// <summary>Non-faces kept of a canvas without faces. Default 12.</summary>
    [Range(0, int.MaxValue)]
    public int NonFacesOfEmptyCanvas { get; init; } = 12;

    /// <summary>Jittered copies of every face's box, to include faces that stage 1 misses. Default 1.</summary>
    [Range(0, int.MaxValue)]
    public int JitteredFaces { get; init; } = 1;

    /// <summary>Maximum jitter of a copy's centre and size, relative to the side. Default 0.2.</summary>
    [Range(0.0, 0.5, MaximumIsExclusive = true)]
    public float Jitter { get; init; } = 0.2f;

    /// <summary>Maximum number of proposals per face, best first: large faces have many anchors. Default 2.</summary>
    [Range(0, int.MaxValue)]
    public int ProposalsPerFace { get; init; } = 2;

    /// <summary>Non-faces above this score are left out where unlabelled faces are likely. Default 0.3.</summary>
    [Range(0.0, 1.0)]
    public float TrustedNonFaceScore { get; init; } = 0.3f;

    /// <summary>
    /// Pseudo-labellers whose scores turn the labels of RoIs into probabilities (<see cref="RegionLabeller"/>); null
    /// (the default): the annotations alone.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CanvasDetectorOptions? Detectors { get; init; }

    /// <summary>Minimum longer side of an RoI, px of the canvas. Default 5.</summary>
    [Range(0.0, double.MaxValue)]
    public float MinSide { get; init; } = 5;

    /// <summary>Threads that make, search and crop canvases, without effect on the RoIs. Default 1.</summary>
    [Range(1, int.MaxValue)]
    public int Workers { get; init; } = 1;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Recorded is not null && !WholePictures)
        {
            yield return new("recorded needs wholePictures true: nothing is recorded for canvases made of parts of "
                + "images");
        }

        if (WholePictures && Search != MiningSearch.Plan)
        {
            yield return new("wholePictures needs search plan: a view takes canvases of one size alone");
        }

        if (!(NonFaceIoU > 0 && NonFaceIoU <= FaceIoU && FaceIoU < 1))
        {
            yield return new(FormattableString.Invariant(
                $"0 < nonFaceIoU <= faceIoU < 1 must hold, was {NonFaceIoU} and {FaceIoU}"));
        }
    }
}
