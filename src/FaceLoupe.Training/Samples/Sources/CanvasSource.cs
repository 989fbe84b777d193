using FaceLoupe.Datasets;

namespace FaceLoupe.Training.Samples.Sources;

/// <summary>A data set for canvases.</summary>
/// <param name="Folder">The images; a folder without faces is background (negatives, some crowd cells).</param>
/// <param name="Weight">Relative frequency among folders of its kind (with or without faces); above 0.</param>
/// <param name="UnlabelledFacesLikely">
/// Whether annotations are incomplete. Crowds use such a folder only if there is no complete one, and its canvases have
/// <see cref="TrainingCanvas.UnlabelledFacesLikely"/>, which limits hard negatives.
/// </param>
internal sealed record CanvasSource(AnnotatedFolder Folder, double Weight, bool UnlabelledFacesLikely)
{
    /// <summary>Where a detector errs on these images. Default: unknown.</summary>
    public IReadOnlyList<Mistake> Mistakes { get; init; } = [];
}
