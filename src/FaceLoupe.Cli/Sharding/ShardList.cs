using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using FaceLoupe.Cli.Inputs;
using FaceLoupe.ObjectStores;

namespace FaceLoupe.Cli.Sharding;

/// <summary>A list of images, and one part of it, which depends on the list only.</summary>
/// <param name="Paths">The lines of the part, in order.</param>
/// <param name="Count">How many lines the whole list has.</param>
/// <param name="Sha256">Hash of all lines, by which runs over the same list are recognised.</param>
/// <param name="Folder">The folder that all files of the list have in common.</param>
internal sealed record ShardList(IReadOnlyList<string> Paths, long Count, string Sha256, string Folder)
{
    /// <summary>Reads a list.</summary>
    /// <param name="file">The file.</param>
    /// <param name="shard">The part.</param>
    /// <param name="target">
    /// The name of the output for a file; two lines must not give the same one. Null: no output.
    /// </param>
    /// <exception cref="FaceLoupeException">
    /// The list cannot be read, has a line twice, or a file of the part is missing.
    /// </exception>
    public static ShardList Read(string file, Shard shard, Func<string, string>? target = null)
    {
        if (file == InputList.StandardInput)
        {
            throw new FaceLoupeException("--list -: --shard needs a file that all parts can read.");
        }

        using var hash = new LinesHash();
        var seen = new Dictionary<UInt128, long>();
        var targets = new Dictionary<UInt128, long>();
        string? folder = null;
        foreach (var (line, number) in ListFile.Lines(file))
        {
            hash.Add(line);
            var place = ObjectStore.IsPlace(line) ? line : Path.GetFullPath(line);
            Add(seen, place, number, other => $"{file}: lines {other} and {number} are both {line}; list it once.");
            if (target is not null)
            {
                var made = target(place);
                Add(targets, made.ToUpperInvariant(), number, other =>
                    $"{file}: lines {other} and {number} would both be written as {Path.GetFileName(made)}; rename "
                    + "one of the two files.");
            }

            if (!ObjectStore.IsPlace(line))
            {
                var own = Path.GetDirectoryName(place) ?? place;
                folder = folder is null ? own : InputList.CommonFolder(folder, own);
            }
        }

        var (first, length) = shard.BlockOf(hash.Count);
        var block = ListFile.Lines(file).Skip((int)first).Take((int)length).ToArray();
        RefuseMissing(file, block);
        return new ShardList([.. block.Select(line => line.Line)], hash.Count, hash.Finish(), folder ?? string.Empty);

        static void Add(Dictionary<UInt128, long> known, string text, long number, Func<long, string> fault)
        {
            // A list may have a hundred million lines, so 16 bytes of each are kept instead of its text.
            var key = BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
            if (!known.TryAdd(key, number))
            {
                throw new FaceLoupeException(fault(known[key]));
            }
        }
    }

    /// <summary>A whole list that was not read from a file.</summary>
    public static ShardList Of(IReadOnlyList<string> paths)
    {
        using var hash = new LinesHash();
        foreach (var path in paths)
        {
            hash.Add(path);
        }

        return new ShardList(paths, paths.Count, hash.Finish(), string.Empty);
    }

    private static void RefuseMissing(string file, (string Line, long Number)[] block)
    {
        var missing = Array.FindAll(block, line => !ObjectStore.IsPlace(line.Line) && !File.Exists(line.Line));
        if (missing is [var (path, number), ..])
        {
            throw new FaceLoupeException(Directory.Exists(path)
                ? $"{file}: line {number} is the folder {path}; with --shard a list names files."
                : FormattableString.Invariant(
                    $"{file}: {missing.Length} of the {block.Length} files of this part are missing, ")
                    + $"the first on line {number}: {path}; correct the list.");
        }
    }
}
