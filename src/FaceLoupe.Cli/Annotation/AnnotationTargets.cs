using FaceLoupe.Cli.Detection;

namespace FaceLoupe.Cli.Annotation;

/// <summary>Where the marked copy of each picture goes.</summary>
internal static class AnnotationTargets
{
    private static readonly string[] WritableExtensions = [".png", ".jpg", ".jpeg", ".webp"];

    /// <summary>Chooses one path a picture; never one of the pictures themselves, never one twice.</summary>
    /// <param name="target">A picture's name for a single picture, otherwise a folder.</param>
    /// <param name="inputs">What will be marked.</param>
    /// <exception cref="FaceLoupeException">
    /// A file was given for several pictures, or a picture would be overwritten.
    /// </exception>
    public static IReadOnlyList<string> Of(string target, InputList inputs)
    {
        var isFile = HasWritableExtension(target) && !Directory.Exists(target);
        if (isFile && !inputs.OnePictureNamed)
        {
            throw new FaceLoupeException(
                $"--annotate {target}: several pictures cannot go into one file; give a folder.");
        }

        if (!isFile && File.Exists(target))
        {
            throw new FaceLoupeException(
                $"--annotate {target}: is a file that is not named like a picture; give a folder or a name that ends "
                + $"in "
                + $"{string.Join(", ", WritableExtensions)}.");
        }

        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var originals = inputs.Pictures.Select(Path.GetFullPath).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var targets = isFile ? [target] : inputs.Pictures.Select(path => Unused(target, path, taken)).ToArray();
        return targets.FirstOrDefault(path => originals.Contains(Path.GetFullPath(path))) is { } clash
            ? throw new FaceLoupeException(
                $"--annotate {target}: would overwrite the input {clash}; give another folder.")
            : targets;
    }

    // Pictures of several folders may have the same name; formats that are only read become PNG.
    private static string Unused(string folder, string picture, HashSet<string> taken)
    {
        var stem = picture == InputList.StandardInput
            ? InputList.StandardInputName
            : Path.GetFileNameWithoutExtension(picture);
        var extension = HasWritableExtension(picture) ? Path.GetExtension(picture) : ".png";
        var name = stem + extension;
        for (var number = 2; !taken.Add(name); number++)
        {
            name = FormattableString.Invariant($"{stem}-{number}{extension}");
        }

        return Path.Combine(folder, name);
    }

    private static bool HasWritableExtension(string path) =>
        WritableExtensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);
}
