using FaceLoupe.Imaging;

namespace FaceLoupe.Anonymising;

/// <summary>An image whose faces are hidden.</summary>
/// <param name="Picture">A copy of the image with the masks in it.</param>
/// <param name="Regions">What was masked, and why.</param>
public sealed record AnonymisedPicture(Picture Picture, IReadOnlyList<FaceRegion> Regions);
