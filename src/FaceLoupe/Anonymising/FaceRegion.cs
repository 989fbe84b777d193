using FaceLoupe.Geometry;

namespace FaceLoupe.Anonymising;

/// <summary>A place that is masked.</summary>
/// <param name="Box">Box of the face, in pixels of the image, within it. The mask is larger.</param>
/// <param name="Score">
/// Confidence of the detector, from 0 to 1. For a carried box: the score of the detection it was carried from, the
/// lower one if it lies between two.
/// </param>
/// <param name="Carried">
/// False: found in this image. True: found in frames before or after, and carried over to this one.
/// </param>
/// <param name="Verified">True: found only when the masked image was searched again, and masked then.</param>
public readonly record struct FaceRegion(Box Box, float Score, bool Carried = false, bool Verified = false);
