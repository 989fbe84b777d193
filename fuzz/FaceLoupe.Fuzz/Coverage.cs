using System.Reflection;
using System.Runtime.InteropServices;

namespace FaceLoupe.Fuzz;

/// <summary>Which branches were taken how often, in assemblies that SharpFuzz instrumented.</summary>
internal sealed unsafe class Coverage
{
    private const int Size = 1 << 16;

    // By name: SharpFuzz takes an assembly that refers to this type for one that is instrumented already.
    private static readonly Type Trace = Type.GetType("SharpFuzz.Common.Trace, SharpFuzz.Common", throwOnError: true)!;
    private static readonly FieldInfo Previous = Trace.GetField("PrevLocation")!;

    private static byte* _now;

    private readonly byte[] _seen = new byte[Size];

    /// <summary>Gives instrumented code the memory that it writes to; to be called before any of it runs.</summary>
    public static void Enable()
    {
        _now = (byte*)NativeMemory.AllocZeroed(Size);
        Trace.GetField("SharedMem")!.SetValue(null, Pointer.Box(_now, typeof(byte*)));
    }

    /// <summary>How many branches were ever taken.</summary>
    public int Branches { get; private set; }

    /// <summary>Begins a run.</summary>
    public static void Begin()
    {
        new Span<byte>(_now, Size).Clear();
        Previous.SetValue(null, 0);
    }

    /// <summary>Whether the run took a branch that none took before, or took one far more often.</summary>
    public bool IsNew(out bool branch)
    {
        var (news, branches) = (false, Branches);
        for (var i = 0; i < Size; i++)
        {
            if (_now[i] == 0)
            {
                continue;
            }

            var often = Often(_now[i]);
            if ((_seen[i] & often) == 0)
            {
                news = true;
                Branches += _seen[i] == 0 ? 1 : 0;
                _seen[i] |= often;
            }
        }

        branch = Branches > branches;
        return news;
    }

    // The classes of AFL: once, twice, three times, up to 7, 15, 31, 127, more.
    private static byte Often(byte count) => count switch
    {
        1 => 1,
        2 => 2,
        3 => 4,
        < 8 => 8,
        < 16 => 16,
        < 32 => 32,
        < 128 => 64,
        _ => 128,
    };
}
