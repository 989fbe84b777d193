using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Refinement;

namespace FaceLoupe.Web.Inspection;

/// <summary>What the networks of the second stage saw of one proposal, and what they said.</summary>
/// <param name="Proposal">The proposal, in pixels of the picture.</param>
/// <param name="Window">The square around it that was cut out, in pixels of the picture; may reach outside.</param>
/// <param name="Enlargement">The steps of super-resolution; null where the window was sharp enough without.</param>
/// <param name="Judged">What the discriminator saw, H x H pixels.</param>
/// <param name="Verdict">What it said.</param>
internal sealed record Inspection(
    Box Proposal, Box Window, Enlargement? Enlargement, Picture Judged, Verdict Verdict);

/// <summary>The steps of super-resolution of one window.</summary>
/// <param name="LowResolution">The window as the generator got it, L x L pixels.</param>
/// <param name="Bicubic">The same, enlarged without a network, H x H pixels.</param>
/// <param name="Upsampled">After the up-sampling net G1, H x H pixels.</param>
internal sealed record Enlargement(Picture LowResolution, Picture Bicubic, Picture Upsampled);
