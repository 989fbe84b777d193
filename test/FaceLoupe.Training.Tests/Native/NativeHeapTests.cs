using FaceLoupe.Training.Native;

namespace FaceLoupe.Training.Tests.Native;

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
