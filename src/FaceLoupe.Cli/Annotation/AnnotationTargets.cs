using FaceLoupe.Cli.Inputs;
using FaceLoupe.Cli.Video;

namespace FaceLoupe.Cli.Annotation;

/// <summary>Where the marked copy of each picture or video goes.</summary>
internal static class AnnotationTargets
{
    /// <summary>Chooses one path an input; never one of the inputs themselves, never one twice.</summary>
    /// <param name="target">The name of a file for a single input, otherwise a folder.</param>
    /// <param name="inputs">What will be marked.</param>
    /// <exception cref="FaceLoupeException">
    /// A file was given for several inputs, a picture's for a video or the other way round, or an input would be
    /// overwritten.
    /// </exception>
    public static IReadOnlyList<CopyTarget> Of(string target, InputList inputs)
    {
        var isFile = CopyNames.IsFile(target) && !Directory.Exists(target);
        if (isFile && !inputs.OneFileNamed)
        {
            throw new FaceLoupeException(
                $"--annotate {target}: several pictures cannot go into one file; give a folder.");
        }

        if (isFile && !CopyNames.IsWritable(target, inputs.IsVideo(0)))
        {
            var (kind, extensions) = (inputs.IsVideo(0) ? "video" : "picture", CopyNames.Extensions(inputs.IsVideo(0)));
            throw new FaceLoupeException($"--annotate {target}: the marked copy of a {kind} is a {kind}; give a folder "
                + $"or a name that ends in {string.Join(", ", extensions)}.");
        }

        if (!isFile && File.Exists(target))
        {
            throw new FaceLoupeException(
                $"--annotate {target}: is a file that is not named like a picture or video; give a folder or a name "
                + $"that ends in {string.Join(", ", CopyNames.PictureExtensions.Concat(VideoWriter.Extensions))}.");
        }

        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var originals = inputs.Paths.Select(Path.GetFullPath).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var targets = isFile ? [CopyTarget.Of(target)] : inputs.Names.Select((name, place) => CopyTarget.Try(
            () => CopyNames.Below(target, name, inputs.IsVideo(place), taken.Add))).ToArray();
        return targets.Select(copy => copy.Place).OfType<string>()
            .FirstOrDefault(path => originals.Contains(Path.GetFullPath(path))) is { } clash
            ? throw new FaceLoupeException(
                $"--annotate {target}: would overwrite the input {clash}; give another folder.")
            : targets;
    }
}
