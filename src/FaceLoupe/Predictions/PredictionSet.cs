using FaceLoupe.Datasets;
using FaceLoupe.Imaging;
using FaceLoupe.Storage;

namespace FaceLoupe.Predictions;

/// <summary>Predictions for many images, read from one format and written in another.</summary>
/// <param name="Pictures">The predictions by the image's key, see <see cref="PredictionFolder.KeyOf"/>.</param>
public sealed record PredictionSet(IReadOnlyDictionary<string, IReadOnlyList<ScoredBox>> Pictures)
{
    /// <summary>Number of boxes.</summary>
    public int Boxes => Pictures.Values.Sum(boxes => boxes.Count);

    /// <summary>Reads WIDER FACE's submission layout: a folder of text files.</summary>
    /// <exception cref="FaceLoupeException">The folder is missing or empty, or a line is malformed.</exception>
    public static PredictionSet ReadWider(string folder)
    {
        var files = PredictionFolder.Open(folder);
        return new PredictionSet(files.Keys.ToDictionary(key => key, files.Read, StringComparer.Ordinal));
    }

    /// <summary>Writes WIDER FACE's submission layout.</summary>
    /// <exception cref="FaceLoupeException">
    /// An image's name leads out of the folder, or the file system refused.
    /// </exception>
    public void WriteWider(string folder)
    {
        foreach (var (key, boxes) in Pictures)
        {
            PredictionFolder.Write(folder, key, boxes);
        }
    }

    /// <summary>
    /// Reads YOLO's layout: a text file per image with <c>class x y width height confidence</c> a row, relative to
    /// the image's size. An image without a file has no predictions.
    /// </summary>
    /// <exception cref="FaceLoupeException">
    /// A folder is missing, a line is malformed, or a file could belong to two images.
    /// </exception>
    public static PredictionSet ReadYolo(string folder, string imagesFolder)
    {
        AnnotatedFolderBuilder.RequireFolder(folder, "YOLO's predictions, one text file per image");
        AnnotatedPicture[] predicted = [.. AnnotatedFolder.OpenWithoutFaces(imagesFolder).Pictures
            .Where(picture => File.Exists(YoloText.PathFor(folder, picture.Name)))];
        DistinctStems.Require(
            imagesFolder, predicted.Select(picture => picture.Name), PredictionFolder.KeyOf, StringComparer.Ordinal);
        var pictures = predicted.ToDictionary(picture => PredictionFolder.KeyOf(picture.Name), picture =>
                Rows(folder, picture), StringComparer.Ordinal);
        return pictures.Count > 0
            ? new PredictionSet(pictures)
            : throw new FaceLoupeException(
                $"{folder}: no file belongs to an image of {imagesFolder}; expected the images' names with .txt.");
    }

    /// <summary>Writes YOLO's layout; sizes are read from the images.</summary>
    /// <exception cref="FaceLoupeException">An image is missing or unreadable, or the file system refused.</exception>
    public void WriteYolo(string folder, string imagesFolder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var images = AnnotatedFolder.OpenWithoutFaces(imagesFolder).Pictures
            .ToLookup(picture => PredictionFolder.KeyOf(picture.Name), picture => picture.Path, StringComparer.Ordinal);
        foreach (var (key, boxes) in Pictures)
        {
            var path = images[key].FirstOrDefault() ?? throw new FaceLoupeException(
                $"{imagesFolder}: holds no image '{key}', whose size YOLO's layout needs.");
            var size = PictureSize.Read(path);
            AtomicFile.WriteAllText(OutputPath.In(folder, key + ".txt"), string.Concat(
                boxes.OrderByDescending(box => box.Score)
                    .Select(box => YoloText.Row(box.Box, size, box.Score) + "\n")));
        }
    }

    private static IReadOnlyList<ScoredBox> Rows(string folder, AnnotatedPicture picture) =>
    [
        .. YoloText.Read(YoloText.PathFor(folder, picture.Name), PictureSize.Read(picture.Path), withScore: true)
            .Select(row => new ScoredBox(row.Box, row.Score)),
    ];
}
