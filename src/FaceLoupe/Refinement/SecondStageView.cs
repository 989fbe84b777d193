using FaceLoupe.Geometry;
using FaceLoupe.Imaging;

namespace FaceLoupe.Refinement;

/// <summary>What the networks of the second stage see of one proposal, and what they say.</summary>
/// <param name="Proposal">The proposal, in pixels of the image.</param>
/// <param name="Window">The square around it that is cut out, in pixels of the image; may reach outside.</param>
/// <param name="Enlargement">
/// The steps of super-resolution; null if the window's native resolution is enough.
/// </param>
/// <param name="Input">What the discriminator sees, H x H pixels.</param>
/// <param name="Output">What it says.</param>
public sealed record SecondStageView(
    Box Proposal, Box Window, Enlargement? Enlargement, Picture Input, DiscriminatorOutput Output);
