using FaceLoupe.Cli.Detection.Formats;
using FaceLoupe.Cli.Inputs;
using FaceLoupe.Models;
using FaceLoupe.Predictions;

namespace FaceLoupe.Cli.Detection.Outputs;

/// <summary>A format that puts all pictures into one document.</summary>
/// <param name="Text">Makes the text of pictures and failed inputs.</param>
/// <param name="Read">Reads the pictures of a document back.</param>
internal sealed record DocumentFormat(
    Func<IReadOnlyList<PictureFaces>, IReadOnlyList<InputFault>, string> Text,
    Func<string, IReadOnlyList<PictureFaces>> Read)
{
    /// <summary>COCO's JSON.</summary>
    public static DocumentFormat Coco { get; } = new((pictures, _) => CocoFaces.Of(pictures), CocoFaces.Read);

    /// <summary>Comma-separated values.</summary>
    public static DocumentFormat Csv { get; } = new((pictures, _) => CsvTable.Of(pictures), CsvTable.Read);

    /// <summary>Our own JSON document.</summary>
    /// <param name="model">The model.</param>
    /// <param name="reason">Why it was this model.</param>
    /// <param name="threshold">Lowest score of a reported face.</param>
    public static DocumentFormat Json(ModelManifest model, string reason, float threshold) => new(
        (pictures, faults) =>
            new DetectionDocument(model, threshold, pictures, faults) { ModelReason = reason }.ToJson() + "\n",
        DetectionDocument.Read);
}
