using System.Text;
using FaceLoupe.Build;
using FaceLoupe.Training.Native;

namespace FaceLoupe.Training.Tests.Build;

public sealed class CacheQueryTests : IDisposable
{
    private const int CodeAt = 0x100;
    private const int JumpInFunction = 0x31;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("faceloupe-caches-");

    // The one that this program runs with: mended by the build, whose other bytes are the makers'.
    private static string Library => OneDnnKernels.SearchedFolders()
        .Select(folder => Path.Combine(folder, CacheQuery.LibraryName))
        .First(File.Exists);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void the_build_has_mended_the_library_that_runs_here()
    {
        var query = CacheQuery.Inspect(Library);

        query.Reason.ShouldBe("");
        query.State.ShouldBe(CacheQueryState.Mended);
        OneDnnKernels.IsMended(OneDnnKernels.SearchedFolders()).ShouldBeTrue();
    }

    [Fact]
    public void two_bytes_change_and_a_hard_linked_original_stays()
    {
        var bytes = Elf(OriginalCode());
        var cached = Write("cached.so", bytes);
        var copy = Path.Combine(_folder.FullName, "copy.so");
        using (var link = System.Diagnostics.Process.Start("ln", [cached, copy]))
        {
            link.WaitForExit();
        }

        CacheQuery.Mend(copy).State.ShouldBe(CacheQueryState.Original);

        File.ReadAllBytes(cached).ShouldBe(bytes);
        var mended = File.ReadAllBytes(copy);
        Enumerable.Range(0, bytes.Length).Where(i => mended[i] != bytes[i])
            .ShouldBe([CodeAt + JumpInFunction, CodeAt + JumpInFunction + 1]);
        mended[CodeAt + JumpInFunction].ShouldBe((byte)0x90);
        mended[CodeAt + JumpInFunction + 1].ShouldBe((byte)0x90);
        File.GetLastWriteTimeUtc(copy).ShouldBe(File.GetLastWriteTimeUtc(cached));
        CacheQuery.Mend(copy).State.ShouldBe(CacheQueryState.Mended);
        File.ReadAllBytes(copy).ShouldBe(mended);
        _folder.GetFiles().Length.ShouldBe(2);
    }

    [Theory]
    [InlineData(0, "not that of libtorch 2.10.0")]
    [InlineData(JumpInFunction, "not that of libtorch 2.10.0")]
    [InlineData(JumpInFunction + 1, "not that of libtorch 2.10.0")]
    public void a_function_with_another_byte_is_left_alone(int changed, string reason)
    {
        var code = OriginalCode();
        code[changed] ^= 1;

        IsLeftAlone(Elf(code), reason);
    }

    [Fact]
    public void a_library_without_the_function_is_left_alone() =>
        IsLeftAlone(Elf(OriginalCode(), name: CacheQuery.Symbol + "x"), "no function get_per_core_cache_size");

    [Fact]
    public void a_stripped_library_is_left_alone() =>
        IsLeftAlone(Elf(OriginalCode(), symbolTable: 11), "no symbol table");

    [Fact]
    public void a_function_that_is_too_long_is_left_alone() =>
        IsLeftAlone(Elf(OriginalCode(), size: 1 << 20), "1048576 bytes");

    [Fact]
    public void a_file_that_is_no_library_is_left_alone() => IsLeftAlone(new byte[100], "not a 64-bit ELF library");

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(100)]
    [InlineData(600)]
    public void a_library_that_is_cut_off_is_left_alone(int bytes) =>
        IsLeftAlone(Elf(OriginalCode())[..bytes], "truncated or damaged");

    [Fact]
    public void each_damaged_byte_of_the_tables_is_survived()
    {
        var whole = Elf(OriginalCode());
        foreach (var at in Enumerable.Range(0, 64).Concat(Enumerable.Range(CodeAt + 473, whole.Length - CodeAt - 473)))
        {
            var bytes = (byte[])whole.Clone();
            bytes[at] = 0xff;
            var query = CacheQuery.Inspect(Write("damaged.so", bytes));

            // Where the damage hits nothing that is read, the function is found; its hash says that it is the right
            // one.
            (query.State == CacheQueryState.Original ? query.Jump == CodeAt + JumpInFunction : query.Reason.Length > 0)
                .ShouldBeTrue($"byte {at}");
        }
    }

    [Fact]
    public void the_first_library_on_the_way_counts()
    {
        var original = _folder.CreateSubdirectory("original");
        File.WriteAllBytes(Path.Combine(original.FullName, CacheQuery.LibraryName), Elf(OriginalCode()));
        var mended = _folder.CreateSubdirectory("mended");
        var library = Path.Combine(mended.FullName, CacheQuery.LibraryName);
        File.WriteAllBytes(library, Elf(OriginalCode()));
        CacheQuery.Mend(library);
        var none = _folder.CreateSubdirectory("none");

        OneDnnKernels.IsMended([none.FullName, mended.FullName, original.FullName]).ShouldBeTrue();
        OneDnnKernels.IsMended([none.FullName, original.FullName, mended.FullName]).ShouldBeFalse();
        OneDnnKernels.IsMended([none.FullName]).ShouldBeFalse();
        OneDnnKernels.IsMended([]).ShouldBeFalse();
    }

    private void IsLeftAlone(byte[] bytes, string reason)
    {
        var file = Write("library.so", bytes);

        var query = CacheQuery.Mend(file);

        query.State.ShouldBe(CacheQueryState.Unknown);
        query.Jump.ShouldBe(-1);
        query.Reason.ShouldContain(reason);
        File.ReadAllBytes(file).ShouldBe(bytes);
        _folder.GetFiles().Length.ShouldBe(1);
    }

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static byte[] OriginalCode() => (byte[])Original.Value.Clone();

    private static readonly Lazy<byte[]> Original = new(() =>
    {
        using var library = File.OpenRead(Library);
        library.Position = CacheQuery.Inspect(Library).Jump - JumpInFunction;
        var code = new byte[473];
        library.ReadExactly(code);
        code[JumpInFunction] = 0x75;
        code[JumpInFunction + 1] = 0x1d;
        return code;
    });

    // A library with four sections: none, the code, a symbol table with one function, and its names.
    private static byte[] Elf(byte[] code, string name = CacheQuery.Symbol, int symbolTable = 2, long? size = null)
    {
        var names = Encoding.ASCII.GetBytes($"\0{name}\0");
        var symbolsAt = CodeAt + code.Length;
        var namesAt = symbolsAt + 24;
        var sectionsAt = namesAt + names.Length;
        var elf = new byte[sectionsAt + (4 * 64)];
        "\u007fELF\u0002\u0001"u8.CopyTo(elf);
        Put(elf, 0x12, (short)62);
        Put(elf, 0x28, (long)sectionsAt);
        Put(elf, 0x3A, (short)64);
        Put(elf, 0x3C, (short)4);
        code.CopyTo(elf, CodeAt);
        Put(elf, symbolsAt, 1);
        elf[symbolsAt + 4] = 2;
        Put(elf, symbolsAt + 6, (short)1);
        Put(elf, symbolsAt + 8, 0x5000L);
        Put(elf, symbolsAt + 16, size ?? code.Length);
        names.CopyTo(elf, namesAt);
        Section(elf, sectionsAt + 64, 1, 0, 0x5000, CodeAt, code.Length);
        Section(elf, sectionsAt + 128, symbolTable, 3, 0, symbolsAt, 24);
        Section(elf, sectionsAt + 192, 3, 0, 0, namesAt, names.Length);
        return elf;
    }

    private static void Section(byte[] elf, int at, int type, int link, long address, long offset, long size)
    {
        Put(elf, at + 4, type);
        Put(elf, at + 0x10, address);
        Put(elf, at + 0x18, offset);
        Put(elf, at + 0x20, size);
        Put(elf, at + 0x28, link);
    }

    private static void Put(byte[] elf, int at, short value) => BitConverter.TryWriteBytes(elf.AsSpan(at), value);

    private static void Put(byte[] elf, int at, int value) => BitConverter.TryWriteBytes(elf.AsSpan(at), value);

    private static void Put(byte[] elf, int at, long value) => BitConverter.TryWriteBytes(elf.AsSpan(at), value);
}
