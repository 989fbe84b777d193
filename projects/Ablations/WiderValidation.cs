using FaceLoupe.Evaluation.Wider;

namespace FaceLoupe.Training.Ablations;

/// <summary>The WIDER FACE validation set: its official ground truth, and where its images are.</summary>
/// <param name="Truth">The ground truth of the images.</param>
/// <param name="Paths">The images' files, by key.</param>
internal sealed record WiderValidation(WiderFaceGroundTruth Truth, IReadOnlyDictionary<string, string> Paths)
{
    private static readonly string[] TruthFolders =
        [".", "ground_truth", "eval_tools/ground_truth", "wider_face_split"];

    private static readonly string[] ImageFolders = ["WIDER_val/images", "images", "."];

    /// <summary>Opens a folder that holds both.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="most">Maximum number of images, spread evenly; 0: all, and none may be missing.</param>
    /// <exception cref="FaceLoupeException">Either is missing.</exception>
    public static WiderValidation Open(string folder, int most)
    {
        var truthFolder = FindTruth(folder)
            ?? throw new FaceLoupeException(
                $"--wider {folder}: no wider_{{face,easy,medium,hard}}_val.mat there or in {TruthFolders[2]}; "
                + "they come with the benchmark's evaluation tools.");
        var truth = WiderFaceGroundTruth.Read(truthFolder);
        foreach (var images in ImageFolders.Select(name => Path.Combine(folder, name)))
        {
            // With a maximum, missing images are tolerated; without one, the set must be complete.
            WiderFacePicture[] there = [.. truth.Pictures.Where(picture => File.Exists(PathOf(images, picture)))];
            if (most == 0 ? there.Length == truth.Pictures.Count : there.Length > 0)
            {
                var taken = truth with { Pictures = ValidationSet.Spread(there, most) };
                return new WiderValidation(
                    taken, taken.Pictures.ToDictionary(picture => picture.Key, picture => PathOf(images, picture)));
            }
        }

        throw new FaceLoupeException(
            $"--wider {folder}: {PathOf(ImageFolders[0], truth.Pictures[0])} and the other validation images are not "
            + "there.");
    }

    /// <summary>The folder of the ground truth of easy, medium and hard; null: not there.</summary>
    public static string? FindTruth(string folder) => TruthFolders.Select(name => Path.Combine(folder, name))
        .FirstOrDefault(name => File.Exists(Path.Combine(name, "wider_hard_val.mat")));

    private static string PathOf(string images, WiderFacePicture picture) =>
        Path.Combine(images, picture.Event, picture.Name + ".jpg");
}
