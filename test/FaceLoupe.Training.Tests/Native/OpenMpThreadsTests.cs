using System.Runtime.InteropServices;
using FaceLoupe.Training.Native;

namespace FaceLoupe.Training.Tests.Native;

public sealed class OpenMpThreadsTests
{
    [Fact]
    public void libtorch_reads_that_its_threads_sleep_unless_the_variable_was_set()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "libtorch's threads are those of GNU OpenMP on Linux alone.");
        Assert.SkipWhen(
            Environment.GetEnvironmentVariable("OMP_WAIT_POLICY") is not null, "OMP_WAIT_POLICY is set already.");

        OpenMpThreads.SleepWhileWaiting();

        // .NET's own copy of the environment does not see what native libraries do.
        Marshal.PtrToStringUTF8(NativeVariable("OMP_WAIT_POLICY")).ShouldBe("passive");
    }

    [DllImport("libc.so.6", EntryPoint = "getenv", ExactSpelling = true)]
    private static extern nint NativeVariable([MarshalAs(UnmanagedType.LPUTF8Str)] string name);
}
