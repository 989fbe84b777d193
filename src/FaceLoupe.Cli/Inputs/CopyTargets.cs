using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Inputs;

/// <summary>The paths of the copies of files, masked or marked.</summary>
/// <param name="Option">The option that names the place, for messages.</param>
/// <param name="Target">The place as given: a file for a single file, otherwise a folder.</param>
internal sealed record CopyTargets(string Option, string Target)
{
    private readonly PlaceNames _names = new();

    /// <summary>What a file that would be overwritten is called in messages. Default "input".</summary>
    public string Original { get; init; } = "input";

    /// <summary>What to do if one would be overwritten. Default "give another folder".</summary>
    public string Instead { get; init; } = "give another folder";

    /// <summary>Whether a file may be replaced by its own copy. Default false.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Chooses one path per file: never one twice, and never that of another file.</summary>
    /// <param name="files">What will be copied.</param>
    /// <param name="oneFileNamed">Whether the only input is a file rather than a folder.</param>
    /// <exception cref="FaceLoupeException">
    /// One file was given for several copies, its name fits no format, or a file would be overwritten without
    /// permission.
    /// </exception>
    public IReadOnlyList<CopyTarget> Of(IReadOnlyList<NamedInput> files, bool oneFileNamed)
    {
        AtomicFile.RefuseAddress(Target, Option);
        if (File.Exists(Target) && !CopyNames.IsFile(Target))
        {
            throw Refused(oneFileNamed
                ? "is a file that is not named like an image or video; give a folder or a name ending in "
                    + $"{Endings(files[0].IsVideo)}."
                : "is a file, but several files are to go there; give a folder.");
        }

        var isFile = oneFileNamed && Path.HasExtension(Target) && !Path.EndsInDirectorySeparator(Target)
            && !Directory.Exists(Target);
        var originals = files.Select(file => _names.Of(file.Path)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var read = _names.SetOf(files.Select(file => file.Path));
        var copies = isFile ? [CopyTarget.Of(NamedFile(files[0].IsVideo))] : InFolder(files, originals);
        foreach (var (file, copy) in files.Zip(copies))
        {
            if (!Overwrite && copy.Place is { } place && read.Contains(_names.Of(place)))
            {
                throw Refused($"would overwrite the {Original} {file.Path}; {Instead}.");
            }
        }

        return copies;
    }

    /// <summary>
    /// An original that lies in the folder of copies and is not replaced, since its copy has another name, or to which
    /// the input that is replaced is only a link; null: there is none. To be asked before the copy is written.
    /// </summary>
    /// <param name="input">The input.</param>
    /// <param name="copy">Its copy.</param>
    public string? OriginalLeft(NamedInput input, string copy)
    {
        var full = Path.GetFullPath(copy);
        var original = RealPath.Of(input.Path);
        var written = Path.Join(RealPath.Of(Path.GetDirectoryName(full) ?? full), Path.GetFileName(full));
        return !original.Equals(written, StringComparison.OrdinalIgnoreCase)
            && (IsReplaced(input, copy)
                || (Directory.Exists(Target) && OutputPath.IsBelow(original, RealPath.Of(Target))))
            ? original
            : null;
    }

    /// <summary>Whether a copy has the path of its input, which may be a link.</summary>
    public static bool IsReplaced(NamedInput input, string copy) =>
        Path.GetFullPath(input.Path).Equals(Path.GetFullPath(copy), StringComparison.OrdinalIgnoreCase);

    private string NamedFile(bool video)
    {
        var (kind, kinds) = video ? ("a video", "videos") : ("an image", "images");
        return CopyNames.IsWritable(Target, video) ? Target : throw Refused(
            $"the copy of {kind} is {kind}, and {kinds} are written as {Endings(video)}; choose one of these "
            + "extensions, or give a folder.");
    }

    private CopyTarget[] InFolder(IReadOnlyList<NamedInput> files, HashSet<string> originals)
    {
        if (!Directory.Exists(Target) && !Path.EndsInDirectorySeparator(Target) && CopyNames.IsFile(Target))
        {
            throw Refused(
                "several copies cannot be written to one file; give a folder (end the name with '/' if the folder is "
                    + "to have that name).");
        }

        if (File.Exists(Target))
        {
            throw Refused("is a file, but several files are to go there; give a folder.");
        }

        // First those that keep their names: what becomes another format must not take the name of one of them.
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var copies = new CopyTarget[files.Count];
        foreach (var i in Enumerable.Range(0, files.Count)
            .OrderByDescending(i => CopyNames.IsWritable(files[i].Name, files[i].IsVideo)))
        {
            copies[i] = CopyTarget.Try(() => Unused(files[i], taken, originals));
        }

        return copies;
    }

    // Two files may have one name, and a.bmp becomes a.png, which may be another input.
    private string Unused(NamedInput file, HashSet<string> taken, HashSet<string> originals)
    {
        var own = _names.Of(file.Path);
        return CopyNames.Below(
            Target, file.Name, file.IsVideo, path =>
                !IsOther(_names.Of(path)) && taken.Add(Path.GetFullPath(path)));

        bool IsOther(string place) =>
            originals.Contains(place) && !place.Equals(own, StringComparison.OrdinalIgnoreCase);
    }

    private FaceLoupeException Refused(string why) => new($"{Option} {Target}: {why}");

    private static string Endings(bool video) => string.Join(", ", CopyNames.Extensions(video));
}
