using System.Runtime.InteropServices;

namespace FaceLoupe.Training.Optimisation;

/// <summary>Reads a file of a checkpoint.</summary>
internal static class CheckpointFile
{
    /// <summary>Reads a file, and tells a missing one, one of other networks and a damaged one apart.</summary>
    /// <param name="path">The file.</param>
    /// <param name="load">Reads it.</param>
    /// <exception cref="FaceLoupeException">It cannot be read.</exception>
    public static void Read(string path, Action<string> load)
    {
        if (!File.Exists(path))
        {
            throw new FaceLoupeException(
                $"{path}: is missing; an imported run has networks only and is not resumed: train from it, with "
                + "startFrom, in a new --run.");
        }

        try
        {
            load(path);
        }
        catch (ArgumentException fault)
        {
            throw new FaceLoupeException(
                $"{path}: the checkpoint does not fit the networks of the options ({OneLine(fault)}); give those of "
                + "the first start, or name another --run.",
                fault);
        }
        catch (Exception fault) when (fault is FormatException or EndOfStreamException or InvalidOperationException
            or OverflowException)
        {
            throw new FaceLoupeException(
                $"{path}: the checkpoint is damaged ({OneLine(fault)}); delete its folder, and the one before it "
                + "counts.",
                fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ExternalException)
        {
            throw new FaceLoupeException($"{path}: the checkpoint cannot be read: {OneLine(fault)}.", fault);
        }
    }

    private static string OneLine(Exception fault) => fault.Message.ReplaceLineEndings(" ").TrimEnd('.');
}
