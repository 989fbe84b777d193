using FaceLoupe.Cli.Detection.Formats;
using FaceLoupe.Cli.Sharding;

namespace FaceLoupe.Cli.Merging;

/// <summary>A part of a run: a block of a list of images, or one tar file.</summary>
/// <param name="Name">Its name in messages.</param>
/// <param name="File">Its rows, within the folder of the run.</param>
/// <param name="Pictures">Number of images it must have; null: not known, for tar files.</param>
internal sealed record MergedPart(string Name, string File, long? Pictures)
{
    /// <summary>A block of a list.</summary>
    public static MergedPart Of(Shard shard, long lines, RowFormat format) => new(
        FormattableString.Invariant($"{shard.Index}/{shard.Count}"), $"{shard.Name}.{format.Name}",
        shard.BlockOf(lines).Length);
}
