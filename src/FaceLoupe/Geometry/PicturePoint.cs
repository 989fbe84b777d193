namespace FaceLoupe.Geometry;

/// <summary>A point of an image in continuous coordinates: the pixel in column 3 covers x from 3 to 4.</summary>
/// <param name="X">From the left edge, in pixels.</param>
/// <param name="Y">From the top edge, in pixels.</param>
public readonly record struct PicturePoint(float X, float Y);
