namespace FaceLoupe.Datasets;

/// <summary>An annotation file: COCO's JSON or the text of WIDER FACE, by its extension.</summary>
public static class AnnotationFile
{
    /// <summary>Whether a file of this name is COCO's: it ends in <c>.json</c>.</summary>
    /// <param name="path">The file.</param>
    public static bool IsCoco(string path) =>
        Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="imagesFolder">Folder of its images.</param>
    /// <param name="categories">
    /// Names of the categories of a COCO file that are read, see <see cref="CocoDataset.Read"/>. Null (the default):
    /// those that are read by default.
    /// </param>
    /// <exception cref="FaceLoupeException">
    /// The file or folder is missing, an entry is malformed, or categories are given for a file without any.
    /// </exception>
    public static AnnotatedFolder Read(
        string path, string imagesFolder, IReadOnlyList<string>? categories = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return IsCoco(path) ? CocoDataset.Read(path, imagesFolder, categories)
            : categories is null ? WiderFaceDataset.Read(path, imagesFolder)
            : throw new FaceLoupeException(
                $"{path}: categories ({string.Join(", ", categories)}) were given, but only COCO's files, which end in "
                + ".json, have some; give such a file or leave them out.");
    }

    /// <summary>Writes a file in the format of its extension, under a temporary name first.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="pictures">The images.</param>
    /// <exception cref="FaceLoupeException">An image cannot be written, or the file system refused.</exception>
    public static void Write(string path, IEnumerable<AnnotatedPicture> pictures)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (IsCoco(path))
        {
            CocoDataset.Write(path, pictures);
        }
        else
        {
            WiderFaceDataset.Write(path, pictures);
        }
    }
}
