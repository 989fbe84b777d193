using FaceLoupe.Imaging;

namespace FaceLoupe.Cli.Isolation;

/// <summary>What a worker returns.</summary>
/// <param name="Size">The size.</param>
/// <param name="Picture">The image; null: only the size was asked for, or there is a fault.</param>
/// <param name="Fault">Why there is none, in one line; null: no fault.</param>
internal sealed record WorkerResponse(PictureSize Size, Picture? Picture, string? Fault);
