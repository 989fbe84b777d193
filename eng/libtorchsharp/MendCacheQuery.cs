// Compiled twice: by MSBuild as an inline task (netstandard2.0), and into faceloupe-train (without the task itself).
using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace FaceLoupe.Build;

/// <summary>The state of oneDNN's cache query in a libtorch_cpu.so.</summary>
internal enum CacheQueryState
{
    /// <summary>An unknown library, which is left unchanged.</summary>
    Unknown,

    /// <summary>As released: wrong on processors that report no caches (docs/decisions/0018).</summary>
    Original,

    /// <summary>Two bytes are changed: sizes are always oneDNN's defaults, 32 KB, 512 KB and 1 MB per core.</summary>
    Mended,
}

/// <summary>
/// Finds oneDNN's get_per_core_cache_size in libtorch_cpu.so by its symbol, and in it the jump from the defaults to the
/// sizes that the processor reports. It is replaced with two no-operations, so that the defaults are used.
/// </summary>
internal sealed class CacheQuery
{
    /// <summary>File name of the library.</summary>
    public const string LibraryName = "libtorch_cpu.so";

    /// <summary>SHA-256 of the function in libtorch 2.10.0 for the CPU, as released.</summary>
    public const string OriginalHash = "f99237e8e79d76fdaed11f1ae329acbd414ad125bbb897ee56b0bfeca7b42aa6";

    /// <summary>SHA-256 of the same function without the jump.</summary>
    public const string MendedHash = "a14e635cb5aafd3b8bedd96846f541e65137a8be0314c82dcd417c9764bb1239";

    /// <summary>Name of the function in the library's symbol table.</summary>
    public const string Symbol = "_ZN4dnnl4impl3cpu8platform23get_per_core_cache_sizeEi";

    // test ecx, ecx (levels of caches); jne +1d (to the sizes of CPUID); sub ebx, 1; cmp ebx, 2 (three defaults).
    private static readonly byte[] Before = { 0x85, 0xc9, 0x75, 0x1d, 0x83, 0xeb, 0x01, 0x83, 0xfb, 0x02 };
    private static readonly byte[] After = { 0x85, 0xc9, 0x90, 0x90, 0x83, 0xeb, 0x01, 0x83, 0xfb, 0x02 };
    private const int JumpInPattern = 2;

    private const int SymbolTableSection = 2; // SHT_SYMTAB
    private const int FunctionSymbol = 2;     // STT_FUNC
    private const int SymbolBytes = 24;       // sizeof(Elf64_Sym)
    private const int SectionBytes = 64;      // sizeof(Elf64_Shdr)
    private const int MostFunctionBytes = 1 << 16;

    private CacheQuery(CacheQueryState state, long jump, string reason) =>
        (State, Jump, Reason) = (state, jump, reason);

    /// <summary>The state of the library.</summary>
    public CacheQueryState State { get; }

    /// <summary>Offset of the jump's two bytes in the file; -1 for an unknown library.</summary>
    public long Jump { get; }

    /// <summary>Why the library is unknown, in one line; empty if it is known.</summary>
    public string Reason { get; }

    /// <summary>Inspects a library, reading only its symbol table and the function.</summary>
    public static CacheQuery Inspect(string path)
    {
        using var file = File.OpenRead(path);
        try
        {
            return Inspect(file);
        }
        catch (Exception fault) when (fault is EndOfStreamException || fault is OverflowException)
        {
            return Unknown("it is truncated or damaged");
        }
    }

    /// <summary>
    /// Patches a released library, and leaves every other unchanged. The result is a new file, which is inspected and
    /// then renamed over the old one (which may be a hard link into the package cache, or in use), with the old one's
    /// time, so that an incremental build does not copy it again.
    /// </summary>
    /// <returns>The state of the library before.</returns>
    /// <exception cref="InvalidOperationException">The patched copy is wrong; the file is unchanged.</exception>
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
                throw new InvalidOperationException(path + ": the patched copy is wrong; nothing was changed");
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
                ? Unknown("its get_per_core_cache_size is not that of libtorch 2.10.0 (SHA-256 " + Hash(code) + ")")
            : at < 0 || Find(code, pattern, at + 1) >= 0
                ? Unknown("its get_per_core_cache_size does not have the jump exactly once")
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

    // Horspool's search: the names are 78 MB, and a miss skips up to the length of the pattern.
    private static int Find(byte[] bytes, byte[] pattern, int start)
    {
        var skip = Enumerable.Repeat(pattern.Length, 256).ToArray();
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

    private static bool Is(byte[] code, string hash) => string.Equals(Hash(code), hash, StringComparison.Ordinal);

    private static string Hash(byte[] code)
    {
#pragma warning disable CA1850, CA1872, CA1308 // as in netstandard2.0
        using var sha = SHA256.Create();
        return BitConverter.ToString(sha.ComputeHash(code)).Replace("-", "").ToLowerInvariant();
#pragma warning restore CA1850, CA1872, CA1308
    }

    private static CacheQuery Unknown(string reason) => new CacheQuery(CacheQueryState.Unknown, -1, reason);
}

#if !WITHOUT_BUILD_TASK
/// <summary>The build task: see MendedCacheQuery.targets.</summary>
public class MendCacheQuery : Microsoft.Build.Utilities.Task
{
    /// <summary>Libraries to patch.</summary>
    [Microsoft.Build.Framework.Required]
    public string[] Files { get; set; }

    /// <inheritdoc />
    public override bool Execute()
    {
        foreach (var file in Files)
        {
            // Not an error of the build: an unchanged library trains correctly, but may be slower.
            try
            {
                var before = CacheQuery.Mend(file);
                Log.LogMessage(
                    before.State == CacheQueryState.Unknown
                        ? Microsoft.Build.Framework.MessageImportance.High
                        : Microsoft.Build.Framework.MessageImportance.Normal,
                    before.State == CacheQueryState.Unknown
                        ? "{0} is left unchanged: {1}. On a processor that hides its caches, training is slower "
                            + "(docs/decisions/0018-virtual-machines-without-cache-sizes.md)."
                        : "{0}: its cache query is patched.",
                    file,
                    before.Reason);
            }
            catch (Exception fault) when (fault is IOException || fault is UnauthorizedAccessException
                || fault is InvalidOperationException)
            {
                Log.LogMessage(
                    Microsoft.Build.Framework.MessageImportance.High, "{0} is unchanged: {1}", file, fault.Message);
            }
        }

        return true;
    }
}
#endif
