using FaceLoupe.Imaging;
using FaceLoupe.Storage;

namespace FaceLoupe.Datasets;

/// <summary>The images of one data set with their faces, and what its reader had to leave out.</summary>
/// <param name="Root">The images folder that the images' names are relative to.</param>
/// <param name="Pictures">The images that exist on disk, in the order of the annotation file.</param>
/// <param name="Report">counts, and what was skipped or questionable.</param>
public sealed record AnnotatedFolder(string Root, IReadOnlyList<AnnotatedPicture> Pictures, AnnotationReport Report)
{
    /// <summary>
    /// Opens a folder of images known to show no face (background for training), with subfolders, in ordinal order
    /// of their names. When it has a subfolder <c>images</c>, that one is taken.
    /// </summary>
    /// <param name="folder">A folder with image files.</param>
    /// <exception cref="FaceLoupeException">The folder is missing or holds no image.</exception>
    public static AnnotatedFolder OpenWithoutFaces(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var images = Path.Combine(folder, "images");
        var root = Directory.Exists(images) ? images : folder;
        if (!Directory.Exists(root))
        {
            throw new FaceLoupeException($"{folder}: no such folder; give a folder with images.");
        }

        var pictures = Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Where(PictureFile.HasPictureExtension)
            .Select(path => new AnnotatedPicture(RelativeName.Of(root, path), path, []))
            .OrderBy(picture => picture.Name, StringComparer.Ordinal)
            .ToArray();
        if (pictures.Length == 0)
        {
            throw new FaceLoupeException(
                $"{root}: no image in this folder; expected files ending in "
                    + $"{string.Join(", ", PictureFile.Extensions)}.");
        }

        return new AnnotatedFolder(root, pictures, new AnnotationReport(pictures.Length, 0, []));
    }
}
