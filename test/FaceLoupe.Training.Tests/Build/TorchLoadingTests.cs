using FaceLoupe.Build;
using TorchSharp;

namespace FaceLoupe.Training.Tests.Build;

public sealed class TorchLoadingTests
{
    private const string Version = "GLIBCXX_3.4.32";

    private static string Library => Directory
        .GetFiles(AppContext.BaseDirectory, "libLibTorchSharp.so", SearchOption.AllDirectories)
        .First(path => path.Contains("linux-x64", StringComparison.Ordinal)
            || Path.GetDirectoryName(path) == AppContext.BaseDirectory.TrimEnd('/'));

    [Fact]
    public void torch_adds_two_tensors()
    {
        using var sum = torch.ones(3) + torch.ones(3);

        sum.data<float>().ToArray().ShouldBe([2f, 2f, 2f]);
    }

    [Fact]
    public void the_marker_version_is_marked_weak_once_and_in_one_byte()
    {
        var bytes = File.ReadAllBytes(Library);
        var flags = SymbolVersionNeed.FindFlags(bytes, Version);
        flags.ShouldBeGreaterThan(0);
        bytes[flags] = 0;
        var before = (byte[])bytes.Clone();

        SymbolVersionNeed.MarkWeak(bytes, Version).ShouldBeTrue();
        SymbolVersionNeed.MarkWeak(bytes, Version).ShouldBeFalse();

        Enumerable.Range(0, bytes.Length).Where(i => bytes[i] != before[i]).ShouldBe([flags]);
        bytes[flags].ShouldBe((byte)2);
    }

    [Fact]
    public void a_hard_linked_original_is_left_as_it_was()
    {
        var folder = Directory.CreateTempSubdirectory("faceloupe-elf-");
        try
        {
            var bytes = File.ReadAllBytes(Library);
            bytes[SymbolVersionNeed.FindFlags(bytes, Version)] = 0;
            var original = Path.Combine(folder.FullName, "cached.so");
            File.WriteAllBytes(original, bytes);
            var copy = Path.Combine(folder.FullName, "copied.so");
            using (var link = System.Diagnostics.Process.Start("ln", [original, copy]))
            {
                link.WaitForExit();
            }

            SymbolVersionNeed.MarkWeakInFile(copy, Version).ShouldBeTrue();

            File.ReadAllBytes(original).ShouldBe(bytes);
            SymbolVersionNeed.MarkWeakInFile(copy, Version).ShouldBeFalse();
            File.GetLastWriteTimeUtc(copy).ShouldBe(File.GetLastWriteTimeUtc(original));
            folder.GetFiles().Length.ShouldBe(2);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void a_version_that_is_not_needed_and_a_file_that_is_no_library_are_left_alone()
    {
        SymbolVersionNeed.MarkWeak(File.ReadAllBytes(Library), "GLIBCXX_9.9.99").ShouldBeFalse();
        SymbolVersionNeed.MarkWeak(new byte[100], Version).ShouldBeFalse();
        SymbolVersionNeed.MarkWeak([], Version).ShouldBeFalse();
    }
}
