using FaceLoupe.Training.Native;

namespace FaceLoupe.Training.Tests.Native;

public sealed class NativeHeapTests
{
    [Fact]
    public void settings_take_effect_on_linux_with_glibc_and_do_not_fail_elsewhere()
    {
        var taken = NativeHeap.KeepFreedMemory();

        if (!OperatingSystem.IsLinux())
        {
            taken.ShouldBeFalse();
        }
    }
}
