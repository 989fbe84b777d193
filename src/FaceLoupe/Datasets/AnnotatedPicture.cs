namespace FaceLoupe.Datasets;

/// <summary>An image on disk and the faces marked in it.</summary>
/// <param name="Name">
/// Path relative to the images folder, with '/' between folders: the name in annotation files.
/// </param>
/// <param name="Path">Path of the image file.</param>
/// <param name="Faces">The marked faces, in the order of the annotation file; empty for an image without faces.</param>
public sealed record AnnotatedPicture(string Name, string Path, IReadOnlyList<FaceAnnotation> Faces);
