using FaceLoupe.Cli.Inputs;

namespace FaceLoupe.Cli.Sharding;

/// <summary>The inputs of a part of a list: image files only, as named.</summary>
internal static class ShardInputs
{
    /// <summary>The inputs.</summary>
    /// <exception cref="FaceLoupeException">One is a video.</exception>
    public static InputList Of(ShardList list)
    {
        if (list.Paths.FirstOrDefault(path => InputKind.IsVideo(path) == true) is { } video)
        {
            throw new FaceLoupeException(
                $"{video}: is a video, but --shard is for images; search it without --shard.");
        }

        return new InputList(list.Paths, list.Paths, [], OneFileNamed: false);
    }
}
