using FaceLoupe.Datasets;
using FaceLoupe.Training.Samples;
using FaceLoupe.Training.Workspace;

namespace FaceLoupe.Training.Ablations;

/// <summary>An opened folder that rows are evaluated on.</summary>
/// <param name="Name">Its name in tables.</param>
/// <param name="Pictures">The images.</param>
/// <param name="Recorded">Boxes of another detector on them; null: none.</param>
internal sealed record ValidationSet(string Name, IReadOnlyList<AnnotatedPicture> Pictures, string? Recorded)
{
    /// <summary>Opens the folders of ablation.validation, or those of validationData if there are none.</summary>
    /// <exception cref="FaceLoupeException">A folder is missing or malformed, or none is named.</exception>
    public static IReadOnlyList<ValidationSet> Open(TrainingConfig preset)
    {
        IReadOnlyList<ValidationSetOptions> named = preset.Ablation.Validation;
        if (named.Count == 0)
        {
            named = [.. preset.ValidationData.Where(source => !source.Background)
                .Select(source => new ValidationSetOptions { Folder = source.Folder })];
        }

        return named.Count == 0 && preset.Ablation.Wider is null
            ? throw new FaceLoupeException(
                "There is nothing to measure rows on: name folders in ablation.validation, or give --annotations with "
                + "--images, or --wider.")
            : [.. named.Select(options => Open(options, preset.Ablation.MaxPictures))];
    }

    /// <summary>At most this many of a list, spread evenly over it; 0: all.</summary>
    public static IReadOnlyList<T> Spread<T>(IReadOnlyList<T> all, int most) =>
        most == 0 ? all : EvenSample.Of(all, most);

    private static ValidationSet Open(ValidationSetOptions options, int most)
    {
        var folder = options.Folder is { } plain
            ? WiderFaceDataset.Open(plain)
            : WiderFaceDataset.Read(options.Annotations!, options.Images!);
        return folder.Pictures.Count == 0
            ? throw new FaceLoupeException(
                $"{options.ShownName}: none of its annotated images is there; nothing to measure on.")
            : new ValidationSet(options.ShownName, Spread(folder.Pictures, most), options.Recorded);
    }
}
