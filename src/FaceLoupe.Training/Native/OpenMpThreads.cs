using FaceLoupe.Models;

namespace FaceLoupe.Training.Native;

/// <summary>Lets libtorch's threads sleep while they wait for each other.</summary>
internal static class OpenMpThreads
{
    /// <summary>
    /// Call before libtorch is loaded. By default its threads spin, and take the cores from the threads that make
    /// canvases (docs/performance.md, Training). A variable that is set already stays.
    /// </summary>
    public static void SleepWhileWaiting() => NativeVariables.SetDefault("OMP_WAIT_POLICY", "passive");
}
