using FaceLoupe.Geometry;
using FaceLoupe.Imaging;

namespace FaceLoupe.Predictions;

/// <summary>What is written about one image or frame.</summary>
/// <param name="Image">Its path, as given or found; of a frame, the video's.</param>
/// <param name="Name">Its name among the others; of a frame, see <see cref="ResultNames.FrameFile"/>.</param>
/// <param name="Width">Width of the upright image, in pixels.</param>
/// <param name="Height">Height of the upright image, in pixels.</param>
/// <param name="Faces">The faces, best first.</param>
/// <param name="Frame">Where the frame stands in its video; null: this is an image.</param>
internal sealed record PictureFaces(
    string Image, string Name, int Width, int Height, IReadOnlyList<FoundFace> Faces, FramePosition? Frame = null)
{
    /// <summary>What a detector found in an image or frame.</summary>
    /// <param name="image">Its path.</param>
    /// <param name="name">Its name among the others.</param>
    /// <param name="picture">The image.</param>
    /// <param name="faces">The faces, best first.</param>
    /// <param name="frame">Where the frame stands in its video; null: this is an image.</param>
    public static PictureFaces Of(
        string image, string name, Picture picture, IEnumerable<Face> faces, FramePosition? frame = null) => new(
            image, name, picture.Width, picture.Height, [.. faces.Select(face =>
                new FoundFace(face.Box, face.Logit) { Landmarks = face.Landmarks })], frame)
        {
            IsDamaged = picture.Damage is not null,
        };

    /// <summary>Whether the image's file is damaged: faces may be missing or wrong.</summary>
    public bool IsDamaged { get; init; }

    /// <summary>The image's masked copy; null: none was made.</summary>
    public string? Output { get; init; }

    /// <summary>The identifier of the sample that the image belongs to in a data set; null: it is in none.</summary>
    public string? Sample { get; init; }

    /// <summary>What is written about it, rounded for people.</summary>
    public ImageEntry<DetectedFace> ToEntry() => new()
    {
        Image = Image,
        Key = Sample,
        Frame = Frame?.Number,
        Time = Frame is { } frame ? DetectionDocument.Rounded(frame.Seconds, 3) : null,
        Width = Width,
        Height = Height,
        Damaged = IsDamaged ? true : null,
        Output = Output,
        Faces = [.. Faces.Select(face => new DetectedFace(
            DetectionDocument.Rounded(face.Box.X, 2),
            DetectionDocument.Rounded(face.Box.Y, 2),
            DetectionDocument.Rounded(face.Box.Width, 2),
            DetectionDocument.Rounded(face.Box.Height, 2),
            DetectionDocument.Rounded(face.WrittenScore, 4),
            DetectionDocument.Rounded(face.Logit, 4))
        {
            Landmarks = LandmarksEntry.Of(face.Landmarks),
        })],
    };

    /// <summary>By what results know each other.</summary>
    public PictureKey Key => new(Image, Frame?.Number);

    /// <summary>The faces with the score as a logit, which does not saturate.</summary>
    public IEnumerable<ScoredBox> ByLogit => Faces.Select(
        face => new ScoredBox(face.Box, face.Logit) { Landmarks = face.Landmarks });

    /// <summary>The faces with the score as a probability, in double precision: order survives close to 1.</summary>
    public IEnumerable<ScoredBox> ByScore => Faces.Select(
        face => new ScoredBox(face.Box, face.Score) { Landmarks = face.Landmarks });
}

/// <summary>By what results know each other.</summary>
/// <param name="Image">Path of the image or video.</param>
/// <param name="Frame">The frame's number; null: an image.</param>
internal readonly record struct PictureKey(string Image, long? Frame);

/// <summary>One face as it is written.</summary>
/// <param name="Box">Where, in pixels.</param>
/// <param name="Logit">Confidence, as a logit.</param>
internal readonly record struct FoundFace(Box Box, double Logit)
{
    private readonly double? _written;

    /// <summary>Eyes, nose and corners of the mouth, in pixels; null: not known.</summary>
    public FaceLandmarks? Landmarks { get; init; }

    /// <summary>Confidence, from 0 to 1.</summary>
    public double Score => 1 / (1 + Math.Exp(-Logit));

    /// <summary>
    /// The score as it is written; of a face that was read back, as it stood there: the rounded logit's may differ in
    /// its last digit.
    /// </summary>
    public double WrittenScore
    {
        get => _written ?? Score;
        init => _written = value;
    }

    /// <summary>Whether <see cref="WrittenScore"/> was read from a file.</summary>
    public bool WasRead => _written is not null;

    /// <summary>The logit of a score; scores of 0 and 1 count as close to them.</summary>
    public static double LogitOf(double score)
    {
        var inside = Math.Clamp(score, 1e-12, 1 - 1e-12);
        return Math.Log(inside / (1 - inside));
    }
}
