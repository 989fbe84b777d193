using System.Text.RegularExpressions;
using FaceLoupe.Imaging;

namespace FaceLoupe.Predictions;

/// <summary>The names of images and frames in results.</summary>
internal static partial class ResultNames
{
    /// <summary>The input that means an image on standard input.</summary>
    public const string StandardInputSign = "-";

    /// <summary>Name of the image from standard input.</summary>
    public const string StandardInput = "stdin";

    /// <summary>Whether a text can be a path at all.</summary>
    public static bool IsPath(string image) => image.Length > 0 && !image.Contains('\0', StringComparison.Ordinal);

    /// <summary>The name of a result that was read back with only a path.</summary>
    /// <exception cref="FormatException">It cannot be a path.</exception>
    public static string Of(string image, FramePosition? frame)
    {
        if (!IsPath(image))
        {
            throw new FormatException("No path.");
        }

        var name = OfFile(image);
        return frame is { Number: var number } ? FrameFile(OfFrame(Plain(name), number)) : name;
    }

    /// <summary>
    /// The name of a file that was given itself: after the folder's where that is an event of WIDER FACE.
    /// </summary>
    public static string OfFile(string file)
    {
        if (file == StandardInputSign)
        {
            return StandardInput;
        }

        var folder = Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(file))) ?? string.Empty;
        return (EventName().IsMatch(folder) ? folder + "/" : string.Empty) + Path.GetFileName(file);
    }

    /// <summary>The name of an input without its extension, as long as that is an image's or a video's.</summary>
    public static string Plain(string name) =>
        VideoFile.HasVideoExtension(name) ? name[..name.LastIndexOf('.')] : PredictionFolder.KeyOf(name);

    /// <summary>The name of a frame, without extension.</summary>
    /// <param name="stem">The name of the video.</param>
    /// <param name="number">The frame's number, from 0.</param>
    public static string OfFrame(string stem, long number) => FormattableString.Invariant($"{stem}_{number:000000}");

    /// <summary>The name of a frame as an image file: some programs need one.</summary>
    /// <param name="stem">See <see cref="OfFrame"/>.</param>
    public static string FrameFile(string stem) => stem + ".png";

    [GeneratedRegex(@"^\d+--")]
    private static partial Regex EventName();
}
