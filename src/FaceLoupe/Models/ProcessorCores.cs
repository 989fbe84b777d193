namespace FaceLoupe.Models;

/// <summary>
/// The number of cores for the networks. ONNX Runtime counts itself, but takes two cores of some virtual machines for
/// one, and ignores a container's CPU limit.
/// </summary>
internal static class ProcessorCores
{
    private const string LinuxFolder = "/sys/devices/system/cpu";

    /// <summary>Default threads of a network's run: one per core that this process may use.</summary>
    public static int Count { get; } = CountIn(LinuxFolder, Environment.ProcessorCount);

    /// <summary>Counts cores from the system's files.</summary>
    /// <param name="folder">Where the system describes its processors, a folder each.</param>
    /// <param name="usable">Processors that this process may use; two of them may be halves of one core.</param>
    internal static int CountIn(string folder, int usable)
    {
        try
        {
            var cores = Directory.EnumerateDirectories(folder, "cpu*")
                .Select(processor => Path.Combine(processor, "topology", "thread_siblings_list"))
                .Where(File.Exists)
                .Select(File.ReadAllText)
                .Distinct()
                .Count();
            return cores == 0 ? usable : Math.Min(cores, usable);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Not Linux, or a system without these files.
            return usable;
        }
    }
}
