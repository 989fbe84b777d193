using FaceLoupe.Geometry;
using FaceLoupe.Predictions;

namespace FaceLoupe.Evaluation.Wider;

/// <summary>Ground truth of one image of the benchmark.</summary>
/// <param name="Event">Its event, the folder's name, such as <c>0--Parade</c>.</param>
/// <param name="Name">Its name without extension.</param>
/// <param name="Faces">All faces, in whole pixels.</param>
/// <param name="Kept">For each setting in order, which faces count; the others are ignored.</param>
public sealed record WiderFacePicture(
    string Event, string Name, IReadOnlyList<Box> Faces, IReadOnlyList<IReadOnlyList<bool>> Kept)
{
    /// <summary>The image's key among predictions, see <see cref="PredictionFolder.KeyOf"/>.</summary>
    public string Key => $"{Event}/{Name}";

    /// <summary>How many faces count in a setting.</summary>
    public int CountOf(WiderFaceSetting setting) => Kept[(int)setting].Count(kept => kept);
}
