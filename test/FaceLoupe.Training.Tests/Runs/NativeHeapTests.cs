using FaceLoupe.Training.Runs;

namespace FaceLoupe.Training.Tests.Runs;

public sealed class NativeHeapTests
{
    [Fact]
    public void settings_take_on_linux_with_glibc_and_nothing_fails_elsewhere()
    {
        var taken = NativeHeap.KeepFreedMemory();

        if (!OperatingSystem.IsLinux())
        {
            taken.ShouldBeFalse();
        }
    }
}
