using FaceLoupe.Cli.Inputs;
using FaceLoupe.Cli.Video;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Annotation;

/// <summary>Where the marked copy of each picture or video goes.</summary>
internal static class AnnotationTargets
{
    private static readonly string[] PictureExtensions = [".png", ".jpg", ".jpeg", ".webp"];

    /// <summary>Chooses one path an input; never one of the inputs themselves, never one twice.</summary>
    /// <param name="target">The name of a file for a single input, otherwise a folder.</param>
    /// <param name="inputs">What will be marked.</param>
    /// <exception cref="FaceLoupeException">
    /// A file was given for several inputs, a picture's for a video or the other way round, or an input would be
    /// overwritten.
    /// </exception>
    public static IReadOnlyList<string> Of(string target, InputList inputs)
    {
        var isFile = IsFile(target) && !Directory.Exists(target);
        if (isFile && !inputs.OneFileNamed)
        {
            throw new FaceLoupeException(
                $"--annotate {target}: several pictures cannot go into one file; give a folder.");
        }

        if (isFile && !HasExtension(target, Writable(inputs.IsVideo(0))))
        {
            var (kind, extensions) = (inputs.IsVideo(0) ? "video" : "picture", Writable(inputs.IsVideo(0)));
            throw new FaceLoupeException($"--annotate {target}: the marked copy of a {kind} is a {kind}; give a folder "
                + $"or a name that ends in {string.Join(", ", extensions)}.");
        }

        if (!isFile && File.Exists(target))
        {
            throw new FaceLoupeException(
                $"--annotate {target}: is a file that is not named like a picture or video; give a folder or a name "
                + $"that ends in {string.Join(", ", PictureExtensions.Concat(VideoWriter.Extensions))}.");
        }

        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var originals = inputs.Paths.Select(Path.GetFullPath).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var targets = isFile ? [target] : inputs.Names.Select((name, place) =>
            Unused(target, name, Writable(inputs.IsVideo(place)), inputs.IsVideo(place) ? ".mkv" : ".png", taken))
            .ToArray();
        return targets.FirstOrDefault(path => originals.Contains(Path.GetFullPath(path))) is { } clash
            ? throw new FaceLoupeException(
                $"--annotate {target}: would overwrite the input {clash}; give another folder.")
            : targets;
    }

    // Subfolders stay, so that a picture that comes later does not take the name of another. Formats that are only read
    // become another, beside which a picture of that name may lie.
    private static string Unused(
        string folder, string input, IReadOnlyList<string> writable, string other, HashSet<string> taken)
    {
        var stem = input[..^Path.GetExtension(input).Length];
        var extension = HasExtension(input, writable) ? Path.GetExtension(input) : other;
        var name = stem + extension;
        for (var number = 2; !taken.Add(name); number++)
        {
            name = FormattableString.Invariant($"{stem}-{number}{extension}");
        }

        return OutputPath.In(folder, name);
    }

    // A name in .avi or .gif means a file as well, though none is written like that.
    private static bool IsFile(string target) =>
        InputKind.HasPictureExtension(target) || VideoInfo.HasVideoExtension(target);

    private static IReadOnlyList<string> Writable(bool video) => video ? VideoWriter.Extensions : PictureExtensions;

    private static bool HasExtension(string path, IReadOnlyList<string> extensions) =>
        extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);
}
