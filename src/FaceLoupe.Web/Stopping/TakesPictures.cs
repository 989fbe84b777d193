namespace FaceLoupe.Web.Stopping;

/// <summary>Marks an endpoint that takes an image in and works on it: what limits are about.</summary>
internal sealed class TakesPictures;
