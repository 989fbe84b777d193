using System.Text;
using FaceLoupe.Storage;

namespace FaceLoupe.Datasets;

/// <summary>
/// Reads and writes annotations in the text format of WIDER FACE: the image's name, the number of faces, then a row
/// <c>x y w h blur expression illumination invalid occlusion pose</c> for each face (or only <c>x y w h</c>).
/// </summary>
/// <remarks>
/// The known oddities of such files are tolerated: a count of 0 with or without a row of zeros after it, boxes of
/// zero or negative size (skipped, reported), faces flagged invalid (kept, reported), images without a file (skipped,
/// reported), blanks at line ends, empty lines, either kind of line end. Boxes beyond the image's border are kept.
/// </remarks>
public static class WiderFaceDataset
{
    /// <summary>Name of the annotation file in a plain folder, beside <c>images</c>.</summary>
    public const string AnnotationFileName = "bbx_gt.txt";

    private const string ImagesFolderName = "images";
    private const string SplitFolderName = "wider_face_split";
    private const string DownloadPrefix = "WIDER_";

    /// <summary>Reads an annotation file; images are found in <paramref name="imagesFolder"/>.</summary>
    /// <param name="annotationFile">Path of the text file.</param>
    /// <param name="imagesFolder">The folder that the names in the file are relative to.</param>
    /// <exception cref="FaceLoupeException">
    /// The file or folder is missing, or a line is malformed: the message names the file and the line.
    /// </exception>
    public static AnnotatedFolder Read(string annotationFile, string imagesFolder)
    {
        ArgumentException.ThrowIfNullOrEmpty(annotationFile);
        ArgumentException.ThrowIfNullOrEmpty(imagesFolder);
        if (!Directory.Exists(imagesFolder))
        {
            throw new FaceLoupeException($"{imagesFolder}: no such folder; expected the images of {annotationFile}.");
        }

        return new WiderFaceReader(annotationFile, ReadLines(annotationFile), imagesFolder).Read();
    }

    /// <summary>
    /// Opens a data set in one of two layouts: a folder with <c>images/</c> and <c>bbx_gt.txt</c>, or WIDER FACE as
    /// downloaded, <c>WIDER_train/images/EVENT/...</c> beside <c>wider_face_split/wider_face_train_bbx_gt.txt</c>.
    /// </summary>
    /// <param name="folder">
    /// The plain folder; or the folder that holds <c>WIDER_train</c> and <c>wider_face_split</c> (where both splits
    /// lie there, the training split is taken); or <c>WIDER_train</c> or <c>WIDER_val</c> itself, to name a split.
    /// </param>
    /// <exception cref="FaceLoupeException">Neither layout is there, or the annotation file cannot be read.</exception>
    public static AnnotatedFolder Open(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        foreach (var (annotationFile, imagesFolder) in Candidates(Path.GetFullPath(folder)))
        {
            if (File.Exists(annotationFile) && Directory.Exists(imagesFolder))
            {
                return Read(annotationFile, imagesFolder);
            }
        }

        throw new FaceLoupeException(Directory.Exists(folder)
            ? $"{folder}: no annotated images here; expected {ImagesFolderName}/ with {AnnotationFileName}, "
                + $"or {DownloadPrefix}train/ with {SplitFolderName}/ as downloaded."
            : $"{folder}: no such folder; give a folder with {ImagesFolderName}/ and {AnnotationFileName}.");
    }

    /// <summary>Writes an annotation file with ten numbers per face, under a temporary name first.</summary>
    /// <param name="path">The file to write; a missing folder is made.</param>
    /// <param name="pictures">The images by <see cref="AnnotatedPicture.Name"/>; their files are not looked at.</param>
    /// <exception cref="FaceLoupeException">
    /// A name that the format cannot hold: empty, or with a line break.
    /// </exception>
    public static void Write(string path, IEnumerable<AnnotatedPicture> pictures)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(pictures);
        var text = new StringBuilder();
        foreach (var picture in pictures)
        {
            WiderFaceText.Append(text, picture, path);
        }

        AtomicFile.WriteAllText(path, text.ToString());
    }

    private static IEnumerable<(string AnnotationFile, string ImagesFolder)> Candidates(string folder)
    {
        yield return (Path.Combine(folder, AnnotationFileName), Path.Combine(folder, ImagesFolderName));
        foreach (var split in (string[])["train", "val"])
        {
            yield return (
                SplitFile(folder, split),
                Path.Combine(folder, DownloadPrefix + split, ImagesFolderName));
        }

        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));
        if (name.StartsWith(DownloadPrefix, StringComparison.Ordinal) && Path.GetDirectoryName(
            Path.TrimEndingDirectorySeparator(folder)) is { } parent)
        {
            yield return (SplitFile(parent, name[DownloadPrefix.Length..]), Path.Combine(folder, ImagesFolderName));
        }
    }

    private static string SplitFile(string folder, string split) =>
        Path.Combine(folder, SplitFolderName, $"wider_face_{split}_bbx_gt.txt");

    private static string[] ReadLines(string annotationFile)
    {
        return InputFile.Reading(annotationFile, () => InputFile.ReadAllLines(annotationFile), "the annotation file");
    }
}
