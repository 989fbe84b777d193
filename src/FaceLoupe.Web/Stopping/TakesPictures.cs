namespace FaceLoupe.Web.Stopping;

/// <summary>Marks an endpoint that processes an image: limits apply to it.</summary>
internal sealed class TakesPictures;
