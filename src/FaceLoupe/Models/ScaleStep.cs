using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace FaceLoupe.Models;

/// <summary>
/// One size at which an image is searched. Small faces are detected best in an enlarged image, large ones in a shrunk
/// one; each step keeps faces of its size band only.
/// </summary>
/// <param name="Factor">Resizing factor of the image: 2 is twice as wide and high. Above 0.</param>
/// <param name="MinFace">Smallest longer side kept, in pixels of the image as given. Default 0.</param>
/// <param name="MaxFace">
/// Longer side from which faces are left to other steps, in pixels of the image as given; null (the default): none.
/// </param>
/// <param name="Focus">
/// Which focus candidates of the next smaller step it is searched around; null (the default): all of it is searched.
/// </param>
/// <param name="Mirror">
/// Where it is searched a second time, mirrored left to right: around this step's own boxes that score neither low nor
/// high; null (the default): nowhere.
/// </param>
public sealed record ScaleStep(
    [property: Range(0.0, 16.0, MinimumIsExclusive = true)] float Factor,
    [property: Range(0.0, double.PositiveInfinity)] float MinFace = 0,
    float? MaxFace = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] FocusSection? Focus = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] FocusSection? Mirror = null)
{
    /// <summary>Whether a face with this longer side (pixels of the image as given) belongs to this step.</summary>
    public bool InBand(float longerSide) => longerSide >= MinFace && (MaxFace is not { } max || longerSide < max);
}
