using System.Text.Json.Serialization;
using FaceLoupe.Predictions;
using Microsoft.AspNetCore.Mvc;

namespace FaceLoupe.Web.Api;

/// <summary>What <c>POST /v1/detect</c> streams: <c>stream</c>.</summary>
internal enum StreamDetail
{
    /// <summary>As one document.</summary>
    None,

    /// <summary>In lines, from the end of the first stage on.</summary>
    Stages,

    /// <summary>In lines, from the first stage's first tile on.</summary>
    Tiles,
}

/// <summary>A line of <c>POST /v1/detect?stream=true</c>; <c>type</c> is the kind of line.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(QueuedEvent), "queued")]
[JsonDerivedType(typeof(PictureEvent), "picture")]
[JsonDerivedType(typeof(EarlyEvent), "early")]
[JsonDerivedType(typeof(ProposalsEvent), "proposals")]
[JsonDerivedType(typeof(FacesEvent), "faces")]
[JsonDerivedType(typeof(ResultEvent), "result")]
[JsonDerivedType(typeof(ProblemEvent), "problem")]
internal abstract record DetectionEvent;

/// <summary>Other images are processed first. Sent at most once, before everything else.</summary>
/// <param name="Ahead">How many.</param>
internal sealed record QueuedEvent(int Ahead) : DetectionEvent;

/// <summary>The image is decoded and the first stage begins.</summary>
/// <param name="Width">Width of the upright image, in pixels.</param>
/// <param name="Height">Height of the upright image, in pixels.</param>
internal sealed record PictureEvent(int Width, int Height) : DetectionEvent;

/// <summary>The first stage has searched one more tile; only with <c>stream=early</c>.</summary>
/// <param name="Part">Part of the first stage that is done, from 0 to 1.</param>
/// <param name="Proposals">
/// New confident proposals since the line before, best first; later lines replace all of them.
/// </param>
internal sealed record EarlyEvent(decimal Part, IReadOnlyList<ProposalEntry> Proposals) : DetectionEvent;

/// <summary>The first stage is done.</summary>
/// <param name="Proposals">Where it proposes faces, best first.</param>
internal sealed record ProposalsEvent(IReadOnlyList<ProposalEntry> Proposals) : DetectionEvent;

/// <summary>A batch of the second stage is done.</summary>
/// <param name="Done">How many proposals the second stage has processed so far.</param>
/// <param name="Faces">The faces of this batch; overlapping boxes are not yet removed.</param>
internal sealed record FacesEvent(int Done, IReadOnlyList<FaceEntry> Faces) : DetectionEvent;

/// <summary>The last line of an image that could be processed.</summary>
/// <param name="Result">The document that is returned without <c>stream</c>.</param>
internal sealed record ResultEvent(DetectionDocument<FaceEntry> Result) : DetectionEvent;

/// <summary>The last line of an image that could not be processed, once the response had begun.</summary>
/// <param name="Problem">Problem details.</param>
internal sealed record ProblemEvent(ProblemDetails Problem) : DetectionEvent;
