namespace FaceLoupe.Geometry;

/// <summary>
/// Five points of a face, in the order of WIDER FACE's landmarks. Left and right are those of the image, on an
/// upright face.
/// </summary>
/// <param name="LeftEye">Middle of the eye on the left.</param>
/// <param name="RightEye">Middle of the eye on the right.</param>
/// <param name="Nose">Tip of the nose.</param>
/// <param name="LeftMouth">Corner of the mouth on the left.</param>
/// <param name="RightMouth">Corner of the mouth on the right.</param>
public sealed record FaceLandmarks(
    PicturePoint LeftEye, PicturePoint RightEye, PicturePoint Nose, PicturePoint LeftMouth, PicturePoint RightMouth)
{
    /// <summary>How many points there are.</summary>
    public const int Count = 5;

    /// <summary>Names of the points in COCO's <c>keypoints</c>, in order.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["left_eye", "right_eye", "nose", "left_mouth_corner", "right_mouth_corner"];

    /// <summary>
    /// What a network's offsets are divided by, so that targets have about unit variance; as the centre's of a
    /// <see cref="BoxDelta"/>.
    /// </summary>
    internal const float Deviation = BoxDelta.CenterDeviation;

    /// <summary>Width over height of the boxes of faces, on the mean of WIDER FACE.</summary>
    internal const float Aspect = 0.743f;

    // The mean of 2,098 faces of WIDER FACE and their mirror images, in heights of the box from its centre.
    private static readonly FaceLandmarks MeanFace = new(
        new(-0.148f, -0.12f), new(0.148f, -0.12f), new(0, 0.077f), new(-0.12f, 0.24f), new(0.12f, 0.24f));

    /// <summary>The points in order.</summary>
    public IReadOnlyList<PicturePoint> Points => [LeftEye, RightEye, Nose, LeftMouth, RightMouth];

    /// <summary>
    /// The distance of the points from the shape of a frontal face, up to translation, scale and rotation: 0 for that
    /// very shape, 1 for an unrelated one.
    /// </summary>
    public float ShapeDistance
    {
        get
        {
            var (shape, mean) = (Centred(Points), Centred(MeanFace.Points));
            double along = 0, across = 0, own = 0, means = 0;
            for (var i = 0; i < Count; i++)
            {
                along += (shape[i].X * mean[i].X) + (shape[i].Y * mean[i].Y);
                across += (shape[i].X * mean[i].Y) - (shape[i].Y * mean[i].X);
                own += (shape[i].X * shape[i].X) + (shape[i].Y * shape[i].Y);
                means += (mean[i].X * mean[i].X) + (mean[i].Y * mean[i].Y);
            }

            // The residual of the points after the best rotation and scaling of the mean shape (Procrustes).
            var left = own > 0 ? 1 - (((along * along) + (across * across)) / (own * means)) : 1;
            return double.IsFinite(left) ? (float)Math.Sqrt(Math.Clamp(left, 0, 1)) : 1;
        }
    }

    /// <summary>Makes the points of ten numbers: x and y of each.</summary>
    /// <param name="numbers">Ten numbers.</param>
    public static FaceLandmarks Of(ReadOnlySpan<float> numbers)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(numbers.Length, 2 * Count);
        return new(
            new(numbers[0], numbers[1]), new(numbers[2], numbers[3]), new(numbers[4], numbers[5]),
            new(numbers[6], numbers[7]), new(numbers[8], numbers[9]));
    }

    /// <summary>The points after their image was resized by a factor per axis.</summary>
    /// <param name="factorX">Width after over width before.</param>
    /// <param name="factorY">Height after over height before.</param>
    public FaceLandmarks Scale(float factorX, float factorY) =>
        Map(point => new PicturePoint(point.X * factorX, point.Y * factorY));

    /// <summary>The points moved by an offset.</summary>
    /// <param name="dx">To the right, in pixels.</param>
    /// <param name="dy">Down, in pixels.</param>
    public FaceLandmarks Translate(float dx, float dy) =>
        Map(point => new PicturePoint(point.X + dx, point.Y + dy));

    /// <summary>The points of the mirror image, where left and right change places.</summary>
    /// <param name="width">Width of the image.</param>
    public FaceLandmarks Mirror(float width)
    {
        var mirrored = Map(point => point with { X = width - point.X });
        return new(mirrored.RightEye, mirrored.LeftEye, mirrored.Nose, mirrored.RightMouth, mirrored.LeftMouth);
    }

    /// <summary>Each point by a function.</summary>
    internal FaceLandmarks Map(Func<PicturePoint, PicturePoint> map) =>
        new(map(LeftEye), map(RightEye), map(Nose), map(LeftMouth), map(RightMouth));

    /// <summary>Offsets from a box's centre, in its sides; the inverse of <see cref="Within"/>.</summary>
    internal FaceLandmarks SharesOf(Box box) =>
        Translate(-box.CenterX, -box.CenterY).Scale(1 / box.Width, 1 / box.Height);

    /// <summary>The points of offsets that are shares of a box.</summary>
    internal FaceLandmarks Within(Box box) => Scale(box.Width, box.Height).Translate(box.CenterX, box.CenterY);

    private static (double X, double Y)[] Centred(IReadOnlyList<PicturePoint> points)
    {
        var (x, y) = (points.Average(point => (double)point.X), points.Average(point => (double)point.Y));
        return [.. points.Select(point => (point.X - x, point.Y - y))];
    }
}
