namespace FaceLoupe.Evaluation.Fddb;

/// <summary>Reads the folds of FDDB and detections for them.</summary>
public static class FddbFiles
{
    private const string AnnotationSuffix = "-ellipseList.txt";

    /// <summary>Reads the annotations of all folds as FDDB's site has them.</summary>
    /// <param name="folder">The folder with <c>FDDB-fold-NN-ellipseList.txt</c>.</param>
    /// <exception cref="FaceLoupeException">There is no fold, or a line is malformed.</exception>
    public static IReadOnlyList<FddbPicture> ReadFolds(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var files = Directory.Exists(folder)
            ? Directory.GetFiles(folder, "*" + AnnotationSuffix).Order(StringComparer.Ordinal).ToArray()
            : throw new FaceLoupeException($"{folder}: no such folder; give the folder of FDDB's folds.");
        return files.Length > 0
            ? [.. Unique(files).Values]
            : throw new FaceLoupeException(
                $"{folder}: no folds here; expected FDDB-fold-01{AnnotationSuffix} and so on.");
    }

    /// <summary>Reads detections: one file, or a folder of text files such as one a fold.</summary>
    /// <returns>The detections by image name.</returns>
    /// <exception cref="FaceLoupeException">
    /// There is nothing to read, a line is malformed, or an image comes twice.
    /// </exception>
    public static IReadOnlyDictionary<string, FddbPicture> ReadDetections(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!Directory.Exists(path))
        {
            return Unique([path]);
        }

        var files = Directory.GetFiles(path, "*.txt", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .ToArray();
        return files.Length > 0
            ? Unique(files)
            : throw new FaceLoupeException(
                $"{path}: no detections in this folder; expected text files in FDDB's layout.");
    }

    private static Dictionary<string, FddbPicture> Unique(IEnumerable<string> files)
    {
        var pictures = new Dictionary<string, FddbPicture>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            foreach (var picture in FddbText.Read(file))
            {
                if (!pictures.TryAdd(picture.Name, picture))
                {
                    throw new FaceLoupeException(
                        $"{file}: lists the image '{picture.Name}' that was listed before; keep one of the two.");
                }
            }
        }

        return pictures;
    }
}
