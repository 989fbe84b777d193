using FaceLoupe.Cli.Inputs;
using FaceLoupe.ObjectStores;
using FaceLoupe.Predictions;

namespace FaceLoupe.Cli.Blurring;

/// <summary>
/// The files that the inputs of <c>faceloupe blur</c> resolve to, and the inputs that resolve to none.
/// </summary>
/// <param name="Files">Images and videos, in order of the inputs; within a folder sorted by name.</param>
/// <param name="Faults">Inputs that cannot be used, and why.</param>
/// <param name="OneFileNamed">Whether the only input is a file rather than a folder.</param>
internal sealed record BlurInputs(
    IReadOnlyList<NamedInput> Files, IReadOnlyList<InputFault> Faults, bool OneFileNamed)
{
    /// <summary>What was skipped, one line each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>
    /// Resolves the inputs. A named file is always included; folders and patterns contribute only images and videos,
    /// see <see cref="InputKind"/>.
    /// </summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="recursive">Whether subfolders are included.</param>
    /// <param name="listed">Further files and folders, as in a list file: no patterns.</param>
    /// <param name="results">
    /// Where results go: existing files there are not inputs, even if a folder around it is one.
    /// </param>
    public static BlurInputs Of(
        IReadOnlyList<string> inputs, bool recursive, string results, IReadOnlyList<string>? listed = null)
    {
        var search = new InputSearch(recursive, VideoInputs.All, [results]);
        search.AddAll(inputs, listed);
        foreach (var (path, _, _) in search.Found.Where(found => ObjectStore.IsPlace(found.Path)))
        {
            search.Faults.Add(new InputFault(path, $"{path}: blur works on files on this machine; download it first."));
        }

        search.Found.RemoveAll(found => ObjectStore.IsPlace(found.Path));
        var files = search.Found.ConvertAll(file => new NamedInput(
            file.Path, file.Name ?? Path.GetFileName(file.Path), file.IsVideo));
        return new BlurInputs(
            files, search.Faults, listed is null && inputs.Count == 1 && files.Count == 1 && files[0].Path == inputs[0])
        {
            Notes = search.Notes,
        };
    }

    /// <summary>
    /// The files with their copies; files whose copy would have an impossible name are among the faults.
    /// </summary>
    /// <param name="copies">One for each file.</param>
    public (BlurInputs Inputs, IReadOnlyList<string> Targets) With(IReadOnlyList<CopyTarget> copies)
    {
        var pairs = Files.Zip(copies).ToLookup(pair => pair.Second.Place is not null);
        var faults = pairs[false].Select(pair => new InputFault(
            pair.First.Path, $"{pair.First.Path}: {pair.Second.Fault!.Message}"));
        return (
            this with { Files = [.. pairs[true].Select(pair => pair.First)], Faults = [.. Faults, .. faults] },
            [.. pairs[true].Select(pair => pair.Second.Path)]);
    }
}
