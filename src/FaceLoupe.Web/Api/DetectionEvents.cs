using System.Text.Json.Serialization;
using FaceLoupe.Predictions;
using Microsoft.AspNetCore.Mvc;

namespace FaceLoupe.Web.Api;

/// <summary>A line of <c>POST /v1/detect?stream=true</c>; what kind of line stands under <c>type</c>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(QueuedEvent), "queued")]
[JsonDerivedType(typeof(PictureEvent), "picture")]
[JsonDerivedType(typeof(ProposalsEvent), "proposals")]
[JsonDerivedType(typeof(FacesEvent), "faces")]
[JsonDerivedType(typeof(ResultEvent), "result")]
[JsonDerivedType(typeof(ProblemEvent), "problem")]
internal abstract record DetectionEvent;

/// <summary>Other pictures come first. Comes at most once, before everything else.</summary>
/// <param name="Ahead">How many.</param>
internal sealed record QueuedEvent(int Ahead) : DetectionEvent;

/// <summary>The picture is decoded and the first stage begins.</summary>
/// <param name="Width">Width of the upright picture, in pixels.</param>
/// <param name="Height">Height of the upright picture, in pixels.</param>
internal sealed record PictureEvent(int Width, int Height) : DetectionEvent;

/// <summary>The first stage is done.</summary>
/// <param name="Proposals">Where it proposes faces, best first.</param>
internal sealed record ProposalsEvent(IReadOnlyList<ProposalEntry> Proposals) : DetectionEvent;

/// <summary>A batch of the second stage is done.</summary>
/// <param name="Done">How many proposals the second stage has looked at so far.</param>
/// <param name="Faces">What it says of this batch; overlapping boxes are not yet removed.</param>
internal sealed record FacesEvent(int Done, IReadOnlyList<FaceEntry> Faces) : DetectionEvent;

/// <summary>The last line of a picture that could be processed.</summary>
/// <param name="Result">The document that is the answer without <c>stream</c>.</param>
internal sealed record ResultEvent(DetectionDocument<FaceEntry> Result) : DetectionEvent;

/// <summary>The last line of a picture that could not be processed, once the answer had begun.</summary>
/// <param name="Problem">Problem details.</param>
internal sealed record ProblemEvent(ProblemDetails Problem) : DetectionEvent;
