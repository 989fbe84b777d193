using FaceLoupe.Imaging;
using FaceLoupe.Storage;

namespace FaceLoupe.Datasets;

/// <summary>Finds the image that an annotation file means by a name.</summary>
internal static class PictureNames
{
    /// <summary>
    /// The name of the image, '/' between folders. A backslash is an ordinary character if a file has that very name,
    /// and otherwise separates folders: the file may have been written on Windows.
    /// </summary>
    /// <param name="imagesFolder">The folder that names are relative to.</param>
    /// <param name="given">The name as the file has it.</param>
    public static string InFolder(string imagesFolder, string given) =>
        !given.Contains('\\', StringComparison.Ordinal)
        || (Path.DirectorySeparatorChar == '/' && !RelativeName.LeadsOut(given)
            && File.Exists(Path.Combine(imagesFolder, given)))
            ? given
            : RelativeName.OfText(given);

    /// <summary>
    /// The same name, with the extension of the existing image if the name has none; the name itself if no such image
    /// exists.
    /// </summary>
    /// <param name="imagesFolder">The folder that names are relative to.</param>
    /// <param name="given">The name as the file has it.</param>
    public static string WithExtension(string imagesFolder, string given)
    {
        var name = InFolder(imagesFolder, given);
        return RelativeName.LeadsOut(name) || File.Exists(Path.Combine(imagesFolder, name))
            ? name
            : PictureFile.Extensions.SelectMany(ending => (string[])[ending, ending.ToUpperInvariant()])
                .Select(ending => name + ending)
                .FirstOrDefault(whole => File.Exists(Path.Combine(imagesFolder, whole))) ?? name;
    }
}
