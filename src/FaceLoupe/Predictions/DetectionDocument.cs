using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using FaceLoupe.Geometry;
using FaceLoupe.Models;
using FaceLoupe.Storage;

namespace FaceLoupe.Predictions;

// The order of the properties is that of the JSON. Decimals print as they read: 12.3 and not 12.300000190734863.

/// <summary>The detections: the JSON document of <c>faceloupe detect</c> and of <c>POST /v1/detect</c>.</summary>
/// <typeparam name="TFace">What is written about a face.</typeparam>
/// <param name="SchemaVersion">Incremented when a key changes its meaning or is removed, not for new keys.</param>
/// <param name="Model">Name and version of the model.</param>
/// <param name="ModelReason">Why this model ran: requested, or the default for this processor. Null: left out.</param>
/// <param name="Threshold">Lowest score of a reported face.</param>
/// <param name="Images">What was found, by image.</param>
/// <param name="Errors">Inputs that could not be processed.</param>
internal sealed record DetectionDocument<TFace>(
    int SchemaVersion,
    string Model,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ModelReason,
    decimal Threshold,
    IReadOnlyList<ImageEntry<TFace>> Images,
    IReadOnlyList<InputFault> Errors)
    where TFace : DetectedFace
{
    /// <summary>Makes a document.</summary>
    /// <param name="model">The model that ran.</param>
    /// <param name="reason">Why it was this model; null: left out.</param>
    /// <param name="threshold">Lowest score of a reported face.</param>
    /// <param name="images">What was found, by image.</param>
    /// <param name="errors">Inputs that could not be processed.</param>
    public static DetectionDocument<TFace> Of(
        ModelManifest model, string? reason, float threshold,
        IEnumerable<ImageEntry<TFace>> images, IReadOnlyList<InputFault> errors) =>
        new(1, $"{model.Name} {model.Version}", reason, DetectionDocument.Rounded(threshold, 4), [.. images], errors);
}

/// <summary>One image, or one frame of a video.</summary>
/// <typeparam name="TFace">What is written about a face.</typeparam>
internal sealed record ImageEntry<TFace>
    where TFace : DetectedFace
{
    /// <summary>The file's path or name; of a frame, the video's.</summary>
    public required string Image { get; init; }

    /// <summary>
    /// The identifier of the sample that the image belongs to in a data set. Left out if it is in none.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Key { get; init; }

    /// <summary>Number of the frame, from 0. Left out otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Frame { get; init; }

    /// <summary>Time of the frame since the first one, in seconds. Left out otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? Time { get; init; }

    /// <summary>Width of the upright image, in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Height of the upright image, in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>True if the file is damaged: faces may be missing or wrong. Left out otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Damaged { get; init; }

    /// <summary>The image's masked copy. Left out where none was made.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Output { get; init; }

    /// <summary>Its faces, best first.</summary>
    public required IReadOnlyList<TFace> Faces { get; init; }

    /// <summary>What became of the input: <c>ok</c>. In JSON lines only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Status { get; init; }
}

/// <summary>One face, in pixels of the upright image.</summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Top edge.</param>
/// <param name="Width">Width.</param>
/// <param name="Height">Height.</param>
/// <param name="Score">How confident the detector is, from 0 to 1.</param>
/// <param name="Logit">The same as a logit, which does not saturate.</param>
internal record DetectedFace(
    [property: JsonPropertyOrder(-1)] decimal X,
    [property: JsonPropertyOrder(-1)] decimal Y,
    [property: JsonPropertyOrder(-1)] decimal Width,
    [property: JsonPropertyOrder(-1)] decimal Height,
    [property: JsonPropertyOrder(-1)] decimal Score,
    [property: JsonPropertyOrder(-1)] decimal Logit)
{
    /// <summary>Eyes, nose and corners of the mouth. Left out unless requested.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LandmarksEntry? Landmarks { get; init; }
}

/// <summary>
/// Five points of a face, x and y of each, in pixels of the upright image; left and right are the image's.
/// </summary>
/// <param name="LeftEye">Middle of the eye on the left.</param>
/// <param name="RightEye">Middle of the eye on the right.</param>
/// <param name="Nose">Tip of the nose.</param>
/// <param name="LeftMouth">Corner of the mouth on the left.</param>
/// <param name="RightMouth">Corner of the mouth on the right.</param>
internal sealed record LandmarksEntry(
    decimal[] LeftEye, decimal[] RightEye, decimal[] Nose, decimal[] LeftMouth, decimal[] RightMouth)
{
    /// <summary>The points, rounded for people; null if there are none.</summary>
    public static LandmarksEntry? Of(FaceLandmarks? landmarks) =>
        Of(landmarks, number => DetectionDocument.Rounded(number, 2));

    /// <summary>The points with every digit; null if there are none.</summary>
    public static LandmarksEntry? Exactly(FaceLandmarks? landmarks) => Of(landmarks, number => (decimal)number);

    /// <summary>The points as the library has them.</summary>
    /// <exception cref="InvalidOperationException">A point is missing, or is no pair of numbers.</exception>
    public FaceLandmarks ToLandmarks() => FaceLandmarks.Of(
    [
        .. new[] { LeftEye, RightEye, Nose, LeftMouth, RightMouth }.SelectMany(point => point is { Length: 2 }
            ? point.Select(number => (float)number)
            : throw new InvalidOperationException("Not two numbers.")),
    ]);

    private static LandmarksEntry? Of(FaceLandmarks? landmarks, Func<float, decimal> number) =>
        landmarks?.Points.Select(point => new[] { number(point.X), number(point.Y) }).ToArray() is
            [var leftEye, var rightEye, var nose, var leftMouth, var rightMouth]
            ? new(leftEye, rightEye, nose, leftMouth, rightMouth)
            : null;
}

/// <summary>Writes and reads documents, and formats their numbers and names.</summary>
internal static class DetectionDocument
{
    // Only a broken network gives numbers beyond a decimal's range; they must not break the result as well.
    private const double Limit = 1e20;

    /// <summary>A line: names of files are readable in any script.</summary>
    public static JsonSerializerOptions Line { get; } = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>A document for people; line ends are the same everywhere.</summary>
    public static JsonSerializerOptions Indented { get; } = new(Line) { WriteIndented = true, NewLine = "\n" };

    /// <summary>The text of a document.</summary>
    /// <param name="model">The model that found the faces.</param>
    /// <param name="reason">Why it was this model; null: left out.</param>
    /// <param name="threshold">Lowest score of a reported face.</param>
    /// <param name="images">What was found, by image.</param>
    /// <param name="errors">Inputs that could not be processed.</param>
    public static string Text(
        ModelManifest model, string? reason, float threshold, IEnumerable<PictureFaces> images,
        IReadOnlyList<InputFault> errors) =>
        JsonSerializer.Serialize(
            DetectionDocument<DetectedFace>.Of(model, reason, threshold, images.Select(image => image.ToEntry()),
                errors),
            Indented);

    /// <summary>A number in its shortest form: 12.3, neither 12.300000190734863 nor 12.30.</summary>
    public static decimal Rounded(double value, int digits) =>
        Math.Round((decimal)(double.IsNaN(value) ? 0 : Math.Clamp(value, -Limit, Limit)), digits)
        / 1.0000000000000000000000000000m;

    /// <summary>Reads the images of a document.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FaceLoupeException">The file cannot be read, or is no such document.</exception>
    public static IReadOnlyList<PictureFaces> Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(InputFile.Reading(path, () => InputFile.ReadAllBytes(path)));
            return
            [
                .. document.RootElement.GetProperty("images").EnumerateArray().Select((image, i) =>
                    FaceJson.Read(image, FormattableString.Invariant($"{path}, image {i + 1}"))),
            ];
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FaceLoupeException($"{path}: not a document written by 'faceloupe detect'.", fault);
        }
    }
}
