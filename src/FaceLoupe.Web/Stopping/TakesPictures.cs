namespace FaceLoupe.Web.Stopping;

/// <summary>Marks an endpoint that takes a picture in and works on it: what limits are about.</summary>
internal sealed class TakesPictures;
