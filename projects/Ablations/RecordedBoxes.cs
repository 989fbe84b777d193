using FaceLoupe.Imaging;
using FaceLoupe.Proposals;
using FaceLoupe.Training.Workspace;

namespace FaceLoupe.Training.Ablations;

/// <summary>Checks recorded boxes of another detector before anything is trained.</summary>
internal static class RecordedBoxes
{
    private static readonly Picture Ignored = new(1, 1);

    /// <summary>Refuses boxes that lack an image, or are malformed.</summary>
    /// <param name="preset">The preset with its folders and files of recorded boxes.</param>
    /// <param name="sets">The folders that rows are evaluated on.</param>
    /// <param name="wider">WIDER FACE; null: not given.</param>
    /// <exception cref="FaceLoupeException">The message names the file or folder, and the image.</exception>
    public static void Check(TrainingConfig preset, IReadOnlyList<ValidationSet> sets, WiderValidation? wider)
    {
        var options = preset.Ablation;
        foreach (var set in sets)
        {
            Check(set.Recorded, set.Pictures.Select(picture => picture.Path), options.RecordedScores);
        }

        Check(wider is null ? null : options.WiderRecorded, wider?.Paths.Values ?? [], options.RecordedScores);
        Check(
            options.RecordedMining,
            preset.Data.Concat(preset.ValidationData).SelectMany(source => source.Open().Folder.Pictures)
                .Select(picture => picture.Name),
            options.RecordedScores);
    }

    private static void Check(string? path, IEnumerable<string> images, RecordedScores scores)
    {
        if (path is null)
        {
            return;
        }

        var recorded = RecordedProposals.Open(path, scores);
        foreach (var image in images)
        {
            recorded.Propose(Ignored, image);
        }
    }
}
