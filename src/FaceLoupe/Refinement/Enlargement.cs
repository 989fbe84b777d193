using FaceLoupe.Imaging;

namespace FaceLoupe.Refinement;

/// <summary>The steps of super-resolution of one window.</summary>
/// <param name="LowResolution">The window as the generator gets it, L x L pixels.</param>
/// <param name="Bicubic">The same, enlarged without a network, H x H pixels.</param>
/// <param name="Upsampled">After the up-sampling net G1, H x H pixels.</param>
/// <param name="Refined">After the refinement net G2, H x H pixels.</param>
public sealed record Enlargement(Picture LowResolution, Picture Bicubic, Picture Upsampled, Picture Refined);
