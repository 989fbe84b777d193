using System.Text.Json.Serialization;
using FaceLoupe.Geometry;
using FaceLoupe.Models;
using FaceLoupe.Proposals;

namespace FaceLoupe.Web.Api;

// Decimals print as they read: 12.3 and not 12.300000190734863. The order of the properties is that of the JSON.

/// <summary>What was found: the document of <c>faceloupe detect</c>, and what each stage thinks of a face.</summary>
/// <param name="SchemaVersion">Rises when a key changes its meaning or goes; new keys may come without.</param>
/// <param name="Model">Name and version of the model.</param>
/// <param name="Threshold">Lowest score of a reported face.</param>
/// <param name="Images">One entry: the picture.</param>
/// <param name="Errors">Always empty; a picture that cannot be read is a problem of its own.</param>
internal sealed record DetectionDocument(
    int SchemaVersion,
    string Model,
    decimal Threshold,
    IReadOnlyList<ImageEntry> Images,
    IReadOnlyList<ImageError> Errors)
{
    public static DetectionDocument Of(ModelManifest model, float threshold, string name, Detections found) => new(
        1,
        $"{model.Name} {model.Version}",
        Rounded.To(threshold, 4),
        [new ImageEntry(name, found.Width, found.Height, [.. found.Faces.Select(FaceEntry.Of)])
        {
            Damaged = found.Damage is null ? null : true,
        }],
        []);
}

/// <summary>One picture.</summary>
/// <param name="Image">The file's name.</param>
/// <param name="Width">Width of the upright picture, in pixels.</param>
/// <param name="Height">Height of the upright picture, in pixels.</param>
/// <param name="Faces">Its faces, best first.</param>
internal sealed record ImageEntry(string Image, int Width, int Height, IReadOnlyList<FaceEntry> Faces)
{
    /// <summary>True where the file shows damage: faces may be missing, or be others. Left out otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Damaged { get; init; }
}

/// <summary>A picture that could not be read.</summary>
/// <param name="Image">The file's name.</param>
/// <param name="Message">Why.</param>
internal sealed record ImageError(string Image, string Message);

/// <summary>One face, in pixels of the upright picture.</summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Top edge.</param>
/// <param name="Width">Width.</param>
/// <param name="Height">Height.</param>
/// <param name="Score">How sure both stages together are, from 0 to 1.</param>
/// <param name="Logit">The same as a logit, which does not saturate.</param>
/// <param name="Stage1Score">How sure the first stage is, from 0 to 1.</param>
/// <param name="Stage1Logit">The same as a logit.</param>
/// <param name="Stage2Score">How sure the second stage is, from 0 to 1; null where it did not run.</param>
/// <param name="Stage2Logit">The same as a logit.</param>
/// <param name="Proposal">The first stage's box, before the second one moved it.</param>
internal sealed record FaceEntry(
    decimal X,
    decimal Y,
    decimal Width,
    decimal Height,
    decimal Score,
    decimal Logit,
    decimal Stage1Score,
    decimal Stage1Logit,
    decimal? Stage2Score,
    decimal? Stage2Logit,
    BoxEntry Proposal)
{
    /// <summary>Eyes, nose and corners of the mouth. Left out unless they were asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LandmarksEntry? Landmarks { get; init; }

    public static FaceEntry Of(Face face) => new(
        Rounded.To(face.Box.X, 2),
        Rounded.To(face.Box.Y, 2),
        Rounded.To(face.Box.Width, 2),
        Rounded.To(face.Box.Height, 2),
        Rounded.To(face.Score, 4),
        Rounded.To(face.Logit, 4),
        Rounded.To(face.Stage1Score, 4),
        Rounded.To(face.Proposal.Logit, 4),
        face.Stage2Score is { } score ? Rounded.To(score, 4) : null,
        face.Stage2Logit is { } logit ? Rounded.To(logit, 4) : null,
        BoxEntry.Of(face.Proposal.Box))
    {
        Landmarks = face.Landmarks is { } landmarks ? LandmarksEntry.Of(landmarks) : null,
    };
}

/// <summary>
/// Five points of a face, x and y of each, in pixels of the upright picture; left and right are the picture's.
/// </summary>
/// <param name="LeftEye">Middle of the eye on the left.</param>
/// <param name="RightEye">Middle of the eye on the right.</param>
/// <param name="Nose">Tip of the nose.</param>
/// <param name="LeftMouth">Corner of the mouth on the left.</param>
/// <param name="RightMouth">Corner of the mouth on the right.</param>
internal sealed record LandmarksEntry(
    decimal[] LeftEye, decimal[] RightEye, decimal[] Nose, decimal[] LeftMouth, decimal[] RightMouth)
{
    public static LandmarksEntry Of(FaceLandmarks landmarks) => new(
        Pair(landmarks.LeftEye), Pair(landmarks.RightEye), Pair(landmarks.Nose), Pair(landmarks.LeftMouth),
        Pair(landmarks.RightMouth));

    private static decimal[] Pair(PicturePoint point) => [Rounded.To(point.X, 2), Rounded.To(point.Y, 2)];
}

/// <summary>A box, in pixels of the upright picture.</summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Top edge.</param>
/// <param name="Width">Width.</param>
/// <param name="Height">Height.</param>
internal sealed record BoxEntry(decimal X, decimal Y, decimal Width, decimal Height)
{
    public static BoxEntry Of(Box box) =>
        new(Rounded.To(box.X, 2), Rounded.To(box.Y, 2), Rounded.To(box.Width, 2), Rounded.To(box.Height, 2));
}

/// <summary>A place where the first stage proposes a face.</summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Top edge.</param>
/// <param name="Width">Width.</param>
/// <param name="Height">Height.</param>
/// <param name="Score">How sure the first stage is, from 0 to 1.</param>
internal sealed record ProposalEntry(decimal X, decimal Y, decimal Width, decimal Height, decimal Score)
{
    public static ProposalEntry Of(Proposal proposal) => new(
        Rounded.To(proposal.Box.X, 2),
        Rounded.To(proposal.Box.Y, 2),
        Rounded.To(proposal.Box.Width, 2),
        Rounded.To(proposal.Box.Height, 2),
        Rounded.To(proposal.Score, 4));
}

/// <summary>Numbers with as many decimals as mean something.</summary>
internal static class Rounded
{
    // Beyond what a decimal holds there is only nonsense of a broken network; it must not break the answer as well.
    private const float Limit = 1e20f;

    // The division leaves the zeros at the end away: 12.3 and not 12.30.
    public static decimal To(float value, int digits) =>
        Math.Round((decimal)(float.IsNaN(value) ? 0 : Math.Clamp(value, -Limit, Limit)), digits)
        / 1.0000000000000000000000000000m;
}
