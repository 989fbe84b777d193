using FaceLoupe.Geometry;
using FaceLoupe.Imaging;

namespace FaceLoupe.Refinement;

/// <summary>Inputs and outputs of the second stage's networks for one proposal.</summary>
/// <param name="Proposal">The proposal, in pixels of the image.</param>
/// <param name="Window">The square around it that is cut out, in pixels of the image; may reach outside.</param>
/// <param name="Enlargement">
/// The steps of super-resolution; null if the window's native resolution is enough.
/// </param>
/// <param name="Input">The discriminator's input, H x H pixels.</param>
/// <param name="Output">Its output.</param>
public sealed record SecondStageView(
    Box Proposal, Box Window, Enlargement? Enlargement, Picture Input, DiscriminatorOutput Output);
