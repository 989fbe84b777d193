using FaceLoupe.Crops;
using FaceLoupe.Geometry;

namespace FaceLoupe.Training.Calibration;

/// <summary>One RoI with the outputs of both stages, before fusion and NMS.</summary>
/// <param name="Proposal">Stage 1's box, px of the image.</param>
/// <param name="Stage1">Stage 1's logit.</param>
/// <param name="Stage2">D's logit of a face; null: outside the stage-2 score band, D was not run.</param>
/// <param name="Delta">D's box delta at full weight.</param>
/// <param name="IsNative">Whether it skips the generator.</param>
internal sealed record Candidate(Box Proposal, float Stage1, float? Stage2, BoxDelta Delta, bool IsNative)
{
    /// <summary>The candidates of an image, from a detection without fusion and final NMS.</summary>
    public static Candidate[] Of(IReadOnlyList<Face> faces, ContextCropper cropper) =>
    [
        .. faces.Where(face => face.Proposal.Box.IsValid).Select(face => new Candidate(
            face.Proposal.Box, face.Proposal.Logit, face.Stage2Logit,
            BoxDelta.Encode(face.Proposal.Box, face.Box), cropper.IsNative(face.Proposal.Box))),
    ];
}
