using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FaceLoupe.Datasets;
using FaceLoupe.Training.Samples.Sources;

namespace FaceLoupe.Training.Identities;

/// <summary>
/// Identity of annotated images: names, file sizes and boxes. The path of a folder does not matter, and pixels are not
/// read: a changed image of the same file size goes unnoticed.
/// </summary>
internal static class DataIdentity
{
    /// <summary>Identity of the sources of a training, with their weights and flags.</summary>
    public static string Of(IEnumerable<SourceOptions> sources)
    {
        var text = new StringBuilder();
        foreach (var options in sources)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"{options.Weight} {options.Background} {options.UnlabelledFacesLikely}\n");
            text.Append(Of(options.OpenFolder().Pictures)).Append('\n');
            text.Append(OfFiles(options.Detections));
        }

        return Hash(text);
    }

    /// <summary>Identity of images, in their order.</summary>
    public static string Of(IEnumerable<AnnotatedPicture> pictures)
    {
        var text = new StringBuilder();
        foreach (var picture in pictures)
        {
            text.Append(CultureInfo.InvariantCulture, $"{picture.Name} {new FileInfo(picture.Path).Length}\n");
            foreach (var face in picture.Faces)
            {
                text.Append(CultureInfo.InvariantCulture, $"{face}\n");
            }
        }

        return Hash(text);
    }

    /// <summary>Identity of a file or of the files of a folder: names and sizes; empty for none.</summary>
    public static string OfFiles(string? path)
    {
        if (path is null)
        {
            return "";
        }

        var files = Directory.Exists(path) ? Directory.GetFiles(path, "*", SearchOption.AllDirectories) : [path];
        var text = new StringBuilder();
        foreach (var file in files.Order(StringComparer.Ordinal).Select(name => new FileInfo(name)))
        {
            text.Append(CultureInfo.InvariantCulture, $"{file.Name} {(file.Exists ? file.Length : -1)}\n");
        }

        return Hash(text);
    }

    private static string Hash(StringBuilder text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
}
