using FaceLoupe.Imaging;
using FaceLoupe.Storage;

namespace FaceLoupe.Datasets;

/// <summary>
/// Reads and writes YOLO annotations: for each image a text file with <c>class x y width height</c> a row, the box's
/// centre and size relative to the image's. Every row counts as a face, whatever its class. Landmarks behind the box
/// are left out, and of an outline the box around it is taken; the report counts both.
/// </summary>
public static class YoloDataset
{
    /// <summary>
    /// Reads the labels of all images of a folder and its subfolders; an image without a file has no faces.
    /// </summary>
    /// <exception cref="FaceLoupeException">A folder is missing or has no images, or a line is malformed.</exception>
    public static AnnotatedFolder Read(string labelsFolder, string imagesFolder)
    {
        AnnotatedFolderBuilder.RequireFolder(labelsFolder, "YOLO's labels, one text file per image");
        var images = AnnotatedFolder.OpenWithoutFaces(imagesFolder);
        var builder = new AnnotatedFolderBuilder(images.Root);
        var files = 0;
        foreach (var picture in images.Pictures)
        {
            var file = YoloText.PathFor(labelsFolder, picture.Name);
            files += File.Exists(file) ? 1 : 0;
            var rows = File.Exists(file)
                ? YoloText.Read(file, PictureSize.Read(picture.Path), withScore: false)
                : [];
            foreach (var row in rows.Where(row => row.Oddity is not null))
            {
                builder.Note(row.Oddity!.Value, row.Place);
            }

            builder.Add(picture.Name, file, rows.Select(row => (new FaceAnnotation(row.Box), row.Place)));
        }

        return files > 0
            ? builder.Build()
            : throw new FaceLoupeException(
                $"{labelsFolder}: no file belongs to an image of {imagesFolder}; expected the images' names with "
                + $".txt.");
    }

    /// <summary>Writes a file for each image, an empty one where there is no face.</summary>
    /// <param name="labelsFolder">The folder to write into; missing folders are made.</param>
    /// <param name="pictures">
    /// The images; their sizes are read from their files. Faces flagged invalid are left out.
    /// </param>
    /// <returns>How many faces were left out: the format cannot say that a box is to be ignored.</returns>
    /// <exception cref="FaceLoupeException">
    /// Two images would have the same file, an image's size cannot be read, or the file system refused.
    /// </exception>
    public static int Write(string labelsFolder, IEnumerable<AnnotatedPicture> pictures)
    {
        ArgumentException.ThrowIfNullOrEmpty(labelsFolder);
        ArgumentNullException.ThrowIfNull(pictures);
        AnnotatedPicture[] all = [.. pictures];
        DistinctStems.Require(
            labelsFolder, all.Select(picture => picture.Name), name => Path.ChangeExtension(name, null),
            StringComparer.OrdinalIgnoreCase);
        var leftOut = 0;
        foreach (var picture in all)
        {
            var size = PictureSize.Read(picture.Path);
            leftOut += picture.Faces.Count(face => face.Invalid);
            AtomicFile.WriteAllText(YoloText.TargetFor(labelsFolder, picture.Name), string.Concat(
                picture.Faces.Where(face => !face.Invalid).Select(face => YoloText.Row(face.Box, size) + "\n")));
        }

        return leftOut;
    }
}
