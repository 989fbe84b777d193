using FaceLoupe.Cli.Detection.Formats;
using FaceLoupe.Cli.Sharding;

namespace FaceLoupe.Cli.Merging;

/// <summary>A part of a run: of a list of images a block of it, of tar files one of them.</summary>
/// <param name="Name">What it is called in messages.</param>
/// <param name="File">Its rows, within the folder of the run.</param>
/// <param name="Pictures">How many images it must have; null: only the tar file knows.</param>
internal sealed record MergedPart(string Name, string File, long? Pictures)
{
    /// <summary>A block of a list.</summary>
    public static MergedPart Of(Shard shard, long lines, RowFormat format) => new(
        FormattableString.Invariant($"{shard.Index}/{shard.Count}"), $"{shard.Name}.{format.Name}",
        shard.BlockOf(lines).Length);
}
