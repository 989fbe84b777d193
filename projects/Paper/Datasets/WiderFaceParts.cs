using FaceLoupe.Datasets;
using FaceLoupe.Training.Ablations;

namespace FaceLoupe.Training.Paper.Datasets;

/// <summary>The parts of WIDER FACE, as downloaded, that the paper's experiments need.</summary>
internal static class WiderFaceParts
{
    private const string Home = "http://shuoyang1213.me/WIDERFACE/";
    private static readonly string[] Splits = ["WIDER_train", "WIDER_val"];

    private static readonly (string Split, string Path, string Archive)[] Parts =
    [
        ("WIDER_train", "WIDER_train/images", "WIDER_train.zip"),
        ("WIDER_val", "WIDER_val/images", "WIDER_val.zip"),
        ("WIDER_train", "wider_face_split/wider_face_train_bbx_gt.txt", "wider_face_split.zip"),
        ("WIDER_val", "wider_face_split/wider_face_val_bbx_gt.txt", "wider_face_split.zip"),
    ];

    /// <summary>Checks that all parts are there; the message names all missing ones and their source.</summary>
    /// <param name="folder">The folder of WIDER FACE.</param>
    /// <param name="whole">
    /// Whether all annotated images and the ground truth of easy, medium and hard must be there; otherwise some images
    /// are enough.
    /// </param>
    /// <exception cref="FaceLoupeException">Something is missing.</exception>
    public static void Check(string folder, bool whole) => Check(folder, Splits, whole);

    /// <summary>Checks that validation images and their annotations are there.</summary>
    /// <inheritdoc cref="Check(string, bool)"/>
    public static void CheckValidation(string folder) => Check(folder, ["WIDER_val"], whole: false);

    private static void Check(string folder, string[] splits, bool whole)
    {
        var missing = Parts.Where(part => splits.Contains(part.Split))
            .Where(part => !Path.Exists(Path.Combine(folder, part.Path)))
            .Select(part => $"{part.Path} ({part.Archive})").ToList();
        if (missing.Count == 0)
        {
            missing.AddRange(splits.Select(split => Images(folder, split, whole)).OfType<string>());
        }

        if (whole && WiderValidation.FindTruth(folder) is null)
        {
            missing.Add("eval_tools/ground_truth/wider_{face,easy,medium,hard}_val.mat (eval_tools.zip)");
        }

        if (missing.Count > 0)
        {
            throw new FaceLoupeException(
                $"{folder}: of WIDER FACE this is missing: {string.Join(", ", missing)}; download it from {Home} and "
                + "unpack it there.");
        }
    }

    // Names missing images, as after a partial download or an archive unpacked a level too deep.
    private static string? Images(string folder, string split, bool whole)
    {
        var images = WiderFaceDataset.Open(Path.Combine(folder, split));
        var lacking = images.Report.Notes.FirstOrDefault(note => note.Oddity == AnnotationOddity.MissingPicture);
        var (there, not) = (images.Pictures.Count, lacking?.Count ?? 0);
        return there > 0 && (not == 0 || !whole)
            ? null
            : FormattableString.Invariant(
                $"{not:N0} of the {there + not:N0} annotated images of {split}/images ({split}.zip)");
    }
}
