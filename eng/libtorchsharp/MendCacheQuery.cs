// Compiled twice: by MSBuild as an inline task (netstandard2.0), and into faceloupe-train (without the task itself).
using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;

namespace FaceLoupe.Build;

/// <summary>What oneDNN's question about caches is like in a libtorch_cpu.so.</summary>
internal enum CacheQueryState
{
    /// <summary>Not a library that this step knows: it is left as it is.</summary>
    Unknown,

    /// <summary>As its makers built it: wrong on processors that tell of no cache (docs/decisions/0018).</summary>
    Original,

    /// <summary>Two bytes are changed: sizes are always oneDNN's guesses, 32 KB, 512 KB and 1 MB for a core.</summary>
    Mended,
}

/// <summary>
/// Finds oneDNN's get_per_core_cache_size in libtorch_cpu.so by its symbol, and in it the jump that leaves the guesses
/// for what the processor says. Two no-operations in its place keep to the guesses.
/// </summary>
internal sealed class CacheQuery
{
    /// <summary>File name of the library.</summary>
    public const string LibraryName = "libtorch_cpu.so";

    /// <summary>SHA-256 of the function in libtorch 2.10.0 for the processor, as its makers built it.</summary>
    public const string OriginalHash = "f99237e8e79d76fdaed11f1ae329acbd414ad125bbb897ee56b0bfeca7b42aa6";

    /// <summary>SHA-256 of the same function with the jump taken out.</summary>
    public const string MendedHash = "a14e635cb5aafd3b8bedd96846f541e65137a8be0314c82dcd417c9764bb1239";

    /// <summary>Name of the function in the library's symbol table.</summary>
    public const string Symbol = "_ZN4dnnl4impl3cpu8platform23get_per_core_cache_sizeEi";

    // test ecx, ecx (levels of caches); jne +1d (to what CPUID said); sub ebx, 1; cmp ebx, 2 (one of three guesses).
    private static readonly byte[] Before = { 0x85, 0xc9, 0x75, 0x1d, 0x83, 0xeb, 0x01, 0x83, 0xfb, 0x02 };
    private static readonly byte[] After = { 0x85, 0xc9, 0x90, 0x90, 0x83, 0xeb, 0x01, 0x83, 0xfb, 0x02 };
    private const int JumpInPattern = 2;

    private const int SymbolTableSection = 2; // SHT_SYMTAB
    private const int FunctionSymbol = 2;     // STT_FUNC
    private const int SymbolBytes = 24;       // sizeof(Elf64_Sym)
    private const int SectionBytes = 64;      // sizeof(Elf64_Shdr)
    private const int MostFunctionBytes = 1 << 16;

    private CacheQuery(CacheQueryState state, long jump, string reason)
    {
        State = state;
        Jump = jump;
        Reason = reason;
    }

    /// <summary>What the library is.</summary>
    public CacheQueryState State { get; }

    /// <summary>Offset of the jump's two bytes in the file; -1 where the library is not known.</summary>
    public long Jump { get; }

    /// <summary>Why a library is not known, in one line; empty where it is.</summary>
    public string Reason { get; }

    /// <summary>Looks at a library; reads its symbol table and the one function only.</summary>
    public static CacheQuery Inspect(string path)
    {
        using (var file = File.OpenRead(path))
        {
            try
            {
                return Inspect(file);
            }
            catch (Exception fault) when (fault is EndOfStreamException || fault is OverflowException)
            {
                return Unknown("it is cut off or damaged");
            }
        }
    }

    /// <summary>
    /// Mends a file that is as its makers built it, and leaves every other alone. The result is a new file, looked at
    /// again and then renamed over the old one (which may be a hard link into the package cache, or in use), with the
    /// old one's time, so that an incremental build does not copy it again.
    /// </summary>
    /// <returns>What the library was before.</returns>
    /// <exception cref="InvalidOperationException">The copy is not what it should be; the file is as it
    /// was.</exception>
    public static CacheQuery Mend(string path)
    {
        var before = Inspect(path);
        if (before.State != CacheQueryState.Original)
        {
            return before;
        }

        var temporary = path + "." + Guid.NewGuid().ToString("N") + ".tmp";
        try
        {
            File.Copy(path, temporary);
            using (var copy = new FileStream(temporary, FileMode.Open, FileAccess.Write))
            {
                copy.Position = before.Jump;
                copy.Write(After, JumpInPattern, 2);
            }

            var after = Inspect(temporary);
            if (after.State != CacheQueryState.Mended || after.Jump != before.Jump)
            {
                throw new InvalidOperationException(path + ": the mended copy is not as expected; nothing was changed");
            }

            File.SetLastWriteTimeUtc(temporary, File.GetLastWriteTimeUtc(path));
            File.Replace(temporary, path, null);
            return before;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static CacheQuery Inspect(Stream file)
    {
        var header = Read(file, 0, 64);
        if (header[0] != 0x7f || header[1] != 'E' || header[2] != 'L' || header[3] != 'F'
            || header[4] != 2 || header[5] != 1 || BitConverter.ToUInt16(header, 0x12) != 62)
        {
            return Unknown("it is not a 64-bit ELF library for x86");
        }

        var sections = Sections(file, header);
        var table = Array.Find(sections, section => section.Type == SymbolTableSection);
        if (table.Type != SymbolTableSection || (uint)table.Link >= sections.Length)
        {
            return Unknown("it has no symbol table");
        }

        var function = FindFunction(file, sections, table);
        return function == null ? Unknown("it has no function get_per_core_cache_size") : Inspect(file, function.Value);
    }

    private static CacheQuery Inspect(Stream file, (long Offset, long Size) function)
    {
        if (function.Size > MostFunctionBytes)
        {
            return Unknown("its get_per_core_cache_size has " + function.Size + " bytes");
        }

        var code = Read(file, function.Offset, function.Size);
        var state = Is(code, OriginalHash) ? CacheQueryState.Original
            : Is(code, MendedHash) ? CacheQueryState.Mended
            : CacheQueryState.Unknown;
        var pattern = state == CacheQueryState.Mended ? After : Before;
        var at = Find(code, pattern, 0);
        return state == CacheQueryState.Unknown
                ? Unknown("its get_per_core_cache_size is another than that of libtorch 2.10.0 (SHA-256 "
                    + Hash(code) + ")")
            : at < 0 || Find(code, pattern, at + 1) >= 0
                ? Unknown("the jump in its get_per_core_cache_size is not there exactly once")
            : new CacheQuery(state, function.Offset + at + JumpInPattern, "");
    }

    private static (int Type, int Link, long Address, long Offset, long Size)[] Sections(Stream file, byte[] header)
    {
        int entry = BitConverter.ToUInt16(header, 0x3A);
        int count = BitConverter.ToUInt16(header, 0x3C);
        var sections = new (int Type, int Link, long Address, long Offset, long Size)[count];
        var bytes = entry < SectionBytes ? -1 : (long)entry * count;
        var table = Read(file, BitConverter.ToInt64(header, 0x28), bytes);
        for (var i = 0; i < sections.Length; i++)
        {
            var at = i * entry;
            sections[i] = (BitConverter.ToInt32(table, at + 4), BitConverter.ToInt32(table, at + 0x28),
                BitConverter.ToInt64(table, at + 0x10), BitConverter.ToInt64(table, at + 0x18),
                BitConverter.ToInt64(table, at + 0x20));
        }

        return sections;
    }

    // Position of the function in the file, and its size.
    private static (long Offset, long Size)? FindFunction(
        Stream file,
        (int Type, int Link, long Address, long Offset, long Size)[] sections,
        (int Type, int Link, long Address, long Offset, long Size) table)
    {
        var names = sections[table.Link];
        var name = Find(Read(file, names.Offset, names.Size), Encoding.ASCII.GetBytes(Symbol + "\0"), 0);
        var symbols = name < 0 ? Array.Empty<byte>() : Read(file, table.Offset, table.Size);
        for (var at = 0; at + SymbolBytes <= symbols.Length; at += SymbolBytes)
        {
            int section = BitConverter.ToUInt16(symbols, at + 6);
            if (BitConverter.ToInt32(symbols, at) == name && (symbols[at + 4] & 15) == FunctionSymbol
                && section < sections.Length)
            {
                var inSection = BitConverter.ToInt64(symbols, at + 8) - sections[section].Address;
                return (sections[section].Offset + inSection, BitConverter.ToInt64(symbols, at + 16));
            }
        }

        return null;
    }

    // Horspool's search: the names are 78 MB, and each miss skips as much as the pattern is long.
    private static int Find(byte[] bytes, byte[] pattern, int start)
    {
        var skip = new int[256];
        for (var i = 0; i < skip.Length; i++)
        {
            skip[i] = pattern.Length;
        }

        var last = pattern.Length - 1;
        for (var i = 0; i < last; i++)
        {
            skip[pattern[i]] = last - i;
        }

        for (var at = start; at + last < bytes.Length; at += skip[bytes[at + last]])
        {
            var i = last;
            while (i >= 0 && bytes[at + i] == pattern[i])
            {
                i--;
            }

            if (i < 0)
            {
                return at;
            }
        }

        return -1;
    }

    private static byte[] Read(Stream file, long offset, long count)
    {
        if (offset < 0 || count < 0 || count > file.Length - offset)
        {
            throw new EndOfStreamException();
        }

        var bytes = new byte[checked((int)count)];
        file.Position = offset;
        for (var read = 0; read < bytes.Length;)
        {
            var more = file.Read(bytes, read, bytes.Length - read);
            read += more > 0 ? more : throw new EndOfStreamException();
        }

        return bytes;
    }

    private static bool Is(byte[] code, string hash)
    {
        return string.Equals(Hash(code), hash, StringComparison.Ordinal);
    }

    private static string Hash(byte[] code)
    {
#pragma warning disable CA1850, CA1872, CA1308 // as netstandard2.0 has it
        using (var sha = SHA256.Create())
        {
            return BitConverter.ToString(sha.ComputeHash(code)).Replace("-", "").ToLowerInvariant();
        }
#pragma warning restore CA1850, CA1872, CA1308
    }

    private static CacheQuery Unknown(string reason)
    {
        return new CacheQuery(CacheQueryState.Unknown, -1, reason);
    }
}

#if !WITHOUT_BUILD_TASK
/// <summary>The build task: see MendedCacheQuery.targets.</summary>
public class MendCacheQuery : Microsoft.Build.Utilities.Task
{
    /// <summary>Libraries to mend.</summary>
    [Microsoft.Build.Framework.Required]
    public string[] Files { get; set; }

    /// <inheritdoc />
    public override bool Execute()
    {
        foreach (var file in Files)
        {
            // No fault of the build: a library that is left alone trains as its makers built it.
            try
            {
                var before = CacheQuery.Mend(file);
                Log.LogMessage(
                    before.State == CacheQueryState.Unknown
                        ? Microsoft.Build.Framework.MessageImportance.High
                        : Microsoft.Build.Framework.MessageImportance.Normal,
                    before.State == CacheQueryState.Unknown
                        ? "{0} is left as it is: {1}. Where a processor hides its caches, training is slower with it "
                            + "(docs/decisions/0018-virtual-machines-without-cache-sizes.md)."
                        : "{0}: its question about caches is mended.",
                    file,
                    before.Reason);
            }
            catch (Exception fault) when (fault is IOException || fault is UnauthorizedAccessException
                || fault is InvalidOperationException)
            {
                Log.LogMessage(
                    Microsoft.Build.Framework.MessageImportance.High, "{0} is left as it is: {1}", file, fault.Message);
            }
        }

        return true;
    }
}
#endif
