using System.IO.Pipes;
using FaceLoupe.Storage;

namespace FaceLoupe.Tests.Storage;

public sealed class AtomicFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("faceloupe-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Writes_text_without_a_byte_order_mark_and_replaces_what_was_there()
    {
        var path = Path.Combine(_folder, "deep", "down", "a.txt");
        AtomicFile.WriteAllText(path, "old and long");
        AtomicFile.WriteAllText(path, "né");
        File.ReadAllBytes(path).ShouldBe([(byte)'n', 0xC3, 0xA9]);
    }

    [Fact]
    public void A_failed_write_leaves_the_old_file_and_nothing_else()
    {
        var path = Path.Combine(_folder, "a.txt");
        AtomicFile.WriteAllText(path, "old");
        Should.Throw<InvalidOperationException>(() => AtomicFile.Write(path, stream =>
        {
            stream.WriteByte(1);
            throw new InvalidOperationException("half way");
        }));
        File.ReadAllText(path).ShouldBe("old");
        Directory.GetFileSystemEntries(_folder).ShouldBe([path]);
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_named_in_one_line()
    {
        var inner = Directory.CreateDirectory(Path.Combine(_folder, "inner")).FullName;
        var fault = Should.Throw<FaceLoupeException>(() => AtomicFile.WriteAllText(inner, "over a folder"));
        fault.Message.ShouldStartWith($"{inner}: cannot be written: ");
        fault.Message.ShouldNotContain('\n');
        Directory.GetFileSystemEntries(_folder).ShouldBe([inner]);
    }

    [Theory]
    [InlineData("a", 220)]
    [InlineData("a", 255)]
    [InlineData("ü", 255)]
    public void A_name_may_be_as_long_as_the_file_system_takes_it(string letter, int bytes)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There the whole path has a limit.");
        var count = bytes / System.Text.Encoding.UTF8.GetByteCount(letter);
        var path = Path.Combine(_folder, string.Concat(Enumerable.Repeat(letter, count)));

        AtomicFile.WriteAllText(path, "new");

        File.ReadAllText(path).ShouldBe("new");
        Directory.GetFileSystemEntries(_folder).ShouldBe([path]);
    }

    [Fact]
    public async Task A_device_is_written_to_and_not_renamed_over()
    {
        Assert.SkipUnless(Directory.Exists("/dev/fd"), "There is no /dev/fd here.");
        using var pipe = new AnonymousPipeServerStream(PipeDirection.In);
        AtomicFile.WriteAllText($"/dev/fd/{pipe.ClientSafePipeHandle.DangerousGetHandle()}", "told");
        pipe.DisposeLocalCopyOfClientHandle();
        using var reader = new StreamReader(pipe);
        (await reader.ReadToEndAsync()).ShouldBe("told");
    }

    [Fact]
    public void Shared_memory_holds_ordinary_files()
    {
        Assert.SkipUnless(Directory.Exists("/dev/shm"), "There is no /dev/shm here.");
        var path = $"/dev/shm/faceloupe-{Guid.NewGuid():N}.txt";
        try
        {
            AtomicFile.WriteAllText(path, "new");
            File.ReadAllText(path).ShouldBe("new");
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("Access to the path '/a/.0123456789abcdef0123456789abcdef.tmp' is denied.", 0,
        "b: cannot be written: Access to the path '/a/b' is denied; give another place.")]
    [InlineData("No space left on device : '/a/b.tmp'", 28,
        "b: cannot be written: no space left on device; make room or give another place.")]
    public void A_refusal_names_the_place_as_it_was_given_and_says_what_to_do(string said, int code, string reported) =>
        AtomicFile.Refused("b", new IOException(said, code)).Message.ShouldBe(reported);
}
