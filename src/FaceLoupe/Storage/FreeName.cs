namespace FaceLoupe.Storage;

/// <summary>Names of results, of which no two may be the same.</summary>
internal static class FreeName
{
    /// <summary>A name that is free: as it is, or with -2, -3 and so on.</summary>
    /// <param name="name">The name.</param>
    /// <param name="take">Takes a name; false: it is not free.</param>
    public static string Of(string name, Func<string, bool> take)
    {
        var free = name;
        for (var number = 2; !take(free); number++)
        {
            free = FormattableString.Invariant($"{name}-{number}");
        }

        return free;
    }
}
