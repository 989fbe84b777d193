using FaceLoupe.Geometry;

namespace FaceLoupe.Training.Drawing;

/// <summary>Kind of object; pebbles are background and have no box.</summary>
internal enum DrawnKind
{
    /// <summary>Six legs, a head, and a line along its back.</summary>
    Beetle,

    /// <summary>Pointed at both ends, with a vein.</summary>
    Leaf,

    /// <summary>Round and grey.</summary>
    Pebble,
}

/// <summary>One object of a scene.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Box">The box around its visible part, in pixels of the image.</param>
internal sealed record DrawnObject(DrawnKind Kind, Box Box);
