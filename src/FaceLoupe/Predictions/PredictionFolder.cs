using FaceLoupe.Imaging;
using FaceLoupe.Storage;

namespace FaceLoupe.Predictions;

/// <summary>
/// Predictions in the layout of WIDER FACE submissions: a text file per image, <c>EVENT/IMAGE.txt</c>, with the
/// image's name, the number of boxes, and <c>x y width height score</c> a box.
/// </summary>
public sealed class PredictionFolder
{
    private readonly Dictionary<string, string> _files;

    private PredictionFolder(string folder, Dictionary<string, string> files)
    {
        Folder = folder;
        _files = files;
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>Keys of the images that have a file, see <see cref="KeyOf"/>; sorted.</summary>
    public IReadOnlyList<string> Keys => [.. _files.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Lists a folder's files, subfolders included, without reading them.</summary>
    /// <exception cref="FaceLoupeException">The folder is missing or holds no text file.</exception>
    public static PredictionFolder Open(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!Directory.Exists(folder))
        {
            throw new FaceLoupeException(
                $"{folder}: no such folder; give a folder of predictions, one text file per image.");
        }

        var files = Directory.EnumerateFiles(folder, "*.txt", SearchOption.AllDirectories)
            .ToDictionary(
                path => RelativeName.Of(folder, path)[..^".txt".Length], StringComparer.Ordinal);
        return files.Count > 0
            ? new PredictionFolder(folder, files)
            : throw new FaceLoupeException(
                $"{folder}: no predictions in this folder; expected one text file per image.");
    }

    /// <summary>
    /// The name that an image and its file of predictions share: the path relative to the images folder, '/' between
    /// folders, without an image's extension.
    /// </summary>
    public static string KeyOf(string pictureName)
    {
        ArgumentNullException.ThrowIfNull(pictureName);
        var name = RelativeName.Plain(pictureName);
        return PictureFile.HasPictureExtension(name) ? name[..name.LastIndexOf('.')] : name;
    }

    /// <summary>Whether an image has a file of predictions, by its key.</summary>
    public bool Holds(string key) => _files.ContainsKey(key);

    /// <summary>
    /// The predictions for an image by its key, as written and in the order of the file; empty without a file.
    /// </summary>
    /// <exception cref="FaceLoupeException">
    /// The file cannot be read, or a line is malformed: the message names both.
    /// </exception>
    public IReadOnlyList<ScoredBox> Read(string key) =>
        _files.TryGetValue(key, out var path) ? PredictionText.Read(path) : [];

    /// <summary>Writes the predictions for an image, best first, under a temporary name first.</summary>
    /// <param name="folder">The folder of all predictions; missing folders are made.</param>
    /// <param name="key">The image's key, see <see cref="KeyOf"/>.</param>
    /// <param name="boxes">The predictions, in any order.</param>
    /// <exception cref="FaceLoupeException">The key leads out of the folder, or the file system refused.</exception>
    public static void Write(string folder, string key, IEnumerable<ScoredBox> boxes)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentNullException.ThrowIfNull(boxes);
        if (key.Contains('\n'))
        {
            throw new FaceLoupeException(
                $"{folder}: predictions for '{key.ReplaceLineEndings(" ")}' cannot be written: the format has no place "
                + "for a name of several lines; rename the image.");
        }

        AtomicFile.WriteAllText(
            OutputPath.In(folder, key + ".txt"), PredictionText.Of(RelativeName.FileOf(key), boxes));
    }
}
