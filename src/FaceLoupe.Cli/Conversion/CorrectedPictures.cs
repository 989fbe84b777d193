using FaceLoupe.Cli.Reviewing;
using FaceLoupe.Datasets;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Conversion;

/// <summary>
/// Annotations from a person's review of masks: kept and drawn masks are faces, cleared ones are not, and areas to
/// ignore are flagged invalid. They can be used to train, evaluate and certify.
/// </summary>
internal static class CorrectedPictures
{
    /// <summary>Reads a file of corrections.</summary>
    /// <param name="path">The file that the page of <c>blur --review</c> saved.</param>
    /// <param name="images">The folder of the images.</param>
    /// <exception cref="FaceLoupeException">
    /// It is not such a file, does not contain the masks kept, is of a video, or an image has changed since.
    /// </exception>
    public static AnnotatedFolder Read(string path, string images)
    {
        AnnotatedFolderBuilder.RequireFolder(images, "the folder of the images that were reviewed");
        var builder = new AnnotatedFolderBuilder(images);
        foreach (var file in Corrections.Read(path).Files)
        {
            if (file.Spans.Count > 1)
            {
                throw new FaceLoupeException(
                    $"{path}: {file.File} has spans of time, as for videos; annotations are for images: remove it.");
            }

            var kept = file.Keep ?? throw new FaceLoupeException(
                $"{path}: {file.File} has no 'keep', so it is not known which of its masks are faces; save it from "
                + "the page of --review.");
            var name = NameOf(file.File, images);
            if (File.Exists(Path.Combine(images, name))
                && Corrections.HashOf(Path.Combine(images, name)) != file.Sha256)
            {
                throw new FaceLoupeException(
                    $"{path}: {name} in {images} is not the image that was reviewed: its hash differs; give the folder "
                    + "of the originals.");
            }

            var span = file.Spans[0];
            var place = $"{path}, {file.File}";
            builder.Add(name, place,
            [
                .. kept.Concat(span.Mask).Select(box => (new FaceAnnotation(box), place)),
                .. span.Ignore.Select(box => (new FaceAnnotation(box, Invalid: true), place)),
            ]);
        }

        return builder.Build();
    }

    private static string NameOf(string file, string images)
    {
        var (full, folder) = (Path.GetFullPath(file), Path.TrimEndingDirectorySeparator(Path.GetFullPath(images)));
        return OutputPath.IsBelow(full, folder) ? RelativeName.Of(folder, full) : Path.GetFileName(file);
    }
}
