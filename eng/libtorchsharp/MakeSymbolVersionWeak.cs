// Compiled twice: by MSBuild as an inline task (netstandard2.0), and into the tests (without the task itself).
using System;
using System.IO;
using System.Text;

namespace FaceLoupe.Build;

/// <summary>
/// Finds one required symbol version in an ELF64 library and marks it weak, so that the loader does not require it.
/// </summary>
public static class SymbolVersionNeed
{
    private const uint VersionNeedSection = 0x6ffffffe; // SHT_GNU_verneed
    private const int WeakFlag = 2;                     // VER_FLG_WEAK

    /// <summary>
    /// Position of vna_flags of the required <paramref name="version"/>, or -1 if the library does not require it.
    /// </summary>
    public static int FindFlags(byte[] elf, string version)
    {
        if (elf.Length < 64 || elf[0] != 0x7f || elf[1] != 'E' || elf[2] != 'L' || elf[3] != 'F'
            || elf[4] != 2 || elf[5] != 1)
        {
            return -1; // not a 64-bit little-endian ELF file
        }

        var sections = checked((int)BitConverter.ToInt64(elf, 0x28));
        int entrySize = BitConverter.ToUInt16(elf, 0x3A);
        int count = BitConverter.ToUInt16(elf, 0x3C);
        for (var i = 0; i < count; i++)
        {
            var header = sections + (i * entrySize);
            if (BitConverter.ToUInt32(elf, header + 4) == VersionNeedSection)
            {
                var names = sections + (BitConverter.ToInt32(elf, header + 0x28) * entrySize);
                return FindFlags(elf, version, SectionOffset(elf, header), SectionOffset(elf, names));
            }
        }

        return -1;
    }

    /// <summary>Sets the weak flag in memory; false if the version is not required, or already weak.</summary>
    public static bool MarkWeak(byte[] elf, string version)
    {
        var position = FindFlags(elf, version);
        if (position < 0 || (elf[position] & WeakFlag) != 0)
        {
            return false;
        }

        elf[position] |= WeakFlag;
        return true;
    }

    /// <summary>
    /// Marks the version weak in a file. The result is a new file renamed over the old one (the old may be a hard link
    /// into the package cache, or in use) with the old one's time (so that an incremental build does not copy it
    /// again).
    /// </summary>
    public static bool MarkWeakInFile(string path, string version)
    {
        var bytes = File.ReadAllBytes(path);
        if (!MarkWeak(bytes, version))
        {
            return false;
        }

        var time = File.GetLastWriteTimeUtc(path);
        var temporary = path + "." + Guid.NewGuid().ToString("N") + ".tmp";
        File.WriteAllBytes(temporary, bytes);
        File.SetLastWriteTimeUtc(temporary, time);
        File.Replace(temporary, path, null);
        return true;
    }

    /// <summary>Whether a libstdc++ of this system has the version.</summary>
    public static bool SystemHas(string version)
    {
        var folders =
            new[] { "/usr/lib/x86_64-linux-gnu", "/lib/x86_64-linux-gnu", "/usr/lib64", "/lib64", "/usr/lib" };
        foreach (var folder in folders)
        {
            var library = Path.Combine(folder, "libstdc++.so.6");
            if (File.Exists(library))
            {
                // Each byte is one Latin-1 character, so text search is byte search; \0 ends the name in the string
                // table.
                var text = Encoding.GetEncoding("ISO-8859-1").GetString(File.ReadAllBytes(library));
                return text.Contains(version + "\0");
            }
        }

        return false;
    }

    private static int SectionOffset(byte[] elf, int header)
    {
        return checked((int)BitConverter.ToInt64(elf, header + 0x18));
    }

    // Elf64_Verneed: version u16, count u16, file u32, first auxiliary u32, next u32.
    // Elf64_Vernaux: hash u32, flags u16, other u16, name u32, next u32. Offsets are relative to their own record.
    private static int FindFlags(byte[] elf, string version, int need, int names)
    {
        while (true)
        {
            var auxiliary = need + BitConverter.ToInt32(elf, need + 8);
            int count = BitConverter.ToUInt16(elf, need + 2);
            for (var i = 0; i < count; i++)
            {
                if (IsName(elf, names + BitConverter.ToInt32(elf, auxiliary + 8), version))
                {
                    return auxiliary + 4;
                }

                auxiliary += BitConverter.ToInt32(elf, auxiliary + 12);
            }

            var next = BitConverter.ToInt32(elf, need + 12);
            if (next == 0)
            {
                return -1;
            }

            need += next;
        }
    }

    private static bool IsName(byte[] elf, int position, string name)
    {
        for (var i = 0; i < name.Length; i++)
        {
            if (elf[position + i] != name[i])
            {
                return false;
            }
        }

        return elf[position + name.Length] == 0;
    }
}

#if !WITHOUT_BUILD_TASK
/// <summary>The build task: see LibTorchSharpLoadable.targets.</summary>
public class MakeSymbolVersionWeak : Microsoft.Build.Utilities.Task
{
    /// <summary>Libraries to patch.</summary>
    [Microsoft.Build.Framework.Required]
    public string[] Files { get; set; }

    /// <summary>The symbol version that may be missing.</summary>
    [Microsoft.Build.Framework.Required]
    public string Version { get; set; }

    /// <summary>Also if this system has the version: for folders that are copied to other systems.</summary>
    public bool Always { get; set; }

    /// <inheritdoc />
    public override bool Execute()
    {
        if (!Always && SymbolVersionNeed.SystemHas(Version))
        {
            return true;
        }

        foreach (var file in Files)
        {
            if (SymbolVersionNeed.MarkWeakInFile(file, Version))
            {
                Log.LogMessage(
                    Microsoft.Build.Framework.MessageImportance.Normal, "{0}: {1} is weak now", file, Version);
            }
        }

        return true;
    }
}
#endif
