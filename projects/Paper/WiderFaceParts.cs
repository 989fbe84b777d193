namespace FaceLoupe.Training.Paper;

/// <summary>What the paper's experiments need of WIDER FACE, as it is downloaded.</summary>
internal static class WiderFaceParts
{
    private const string Home = "http://shuoyang1213.me/WIDERFACE/";
    private static readonly string[] TruthFolders =
        ["eval_tools/ground_truth", "ground_truth", ".", "wider_face_split"];

    private static readonly (string Path, string Archive)[] Parts =
    [
        ("WIDER_train/images", "WIDER_train.zip"),
        ("WIDER_val/images", "WIDER_val.zip"),
        ("wider_face_split/wider_face_train_bbx_gt.txt", "wider_face_split.zip"),
        ("wider_face_split/wider_face_val_bbx_gt.txt", "wider_face_split.zip"),
    ];

    /// <summary>Refuses a folder that lacks a part: the message names all of them, and where they are had.</summary>
    /// <param name="folder">The folder of WIDER FACE.</param>
    /// <param name="wantsTruth">Whether the ground truth of easy, medium and hard is needed too.</param>
    /// <exception cref="FaceLoupeException">Something is missing.</exception>
    public static void Check(string folder, bool wantsTruth)
    {
        var missing = Parts.Where(part => !Path.Exists(Path.Combine(folder, part.Path)))
            .Select(part => $"{part.Path} ({part.Archive})").ToList();
        if (wantsTruth && !HasTruth(folder))
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

    /// <summary>Whether the ground truth of easy, medium and hard is there.</summary>
    public static bool HasTruth(string folder) =>
        TruthFolders.Any(truth => File.Exists(Path.Combine(folder, truth, "wider_hard_val.mat")));
}
