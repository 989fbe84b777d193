namespace FaceLoupe.Tests;

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
        var fault = Should.Throw<FaceLoupeException>(() => AtomicFile.WriteAllText(_folder, "over a folder"));
        fault.Message.ShouldStartWith($"{_folder}: cannot be written: ");
        fault.Message.ShouldNotContain('\n');
        Directory.GetFiles(Path.GetDirectoryName(_folder)!, Path.GetFileName(_folder) + "*.tmp").ShouldBeEmpty();
    }
}
