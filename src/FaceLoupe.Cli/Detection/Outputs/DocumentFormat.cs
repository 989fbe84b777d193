using FaceLoupe.Models;
using FaceLoupe.Predictions;

namespace FaceLoupe.Cli.Detection.Outputs;

/// <summary>A format that puts all images into one document.</summary>
/// <param name="Text">Makes the text of images and failed inputs.</param>
/// <param name="Read">Reads the images of a document back.</param>
internal sealed record DocumentFormat(
    Func<IReadOnlyList<PictureFaces>, IReadOnlyList<InputFault>, string> Text,
    Func<string, IReadOnlyList<PictureFaces>> Read)
{
    /// <summary>COCO's JSON.</summary>
    /// <param name="model">The model, which names the category of the boxes.</param>
    /// <param name="landmarks">Whether the category has keypoints.</param>
    public static DocumentFormat Coco(ModelManifest model, bool landmarks) => new(
        (pictures, _) => CocoFaces.Of(pictures, model.Category ?? CocoFaces.UsualCategory, landmarks), CocoFaces.Read);

    /// <summary>Comma-separated values.</summary>
    /// <param name="landmarks">Whether there are columns for landmarks.</param>
    public static DocumentFormat Csv(bool landmarks) => new(
        (pictures, _) => CsvTable.Of(pictures, landmarks), CsvTable.Read);

    /// <summary>Our own JSON document.</summary>
    /// <param name="model">The model.</param>
    /// <param name="reason">Why this model was chosen.</param>
    /// <param name="threshold">Lowest score of a reported face.</param>
    public static DocumentFormat Json(ModelManifest model, string reason, float threshold) => new(
        (pictures, faults) => DetectionDocument.Text(model, reason, threshold, pictures, faults) + "\n",
        DetectionDocument.Read);
}
