using System.Text;
using System.Text.RegularExpressions;

namespace FaceLoupe.Cli.Inputs;

/// <summary>
/// Path patterns that the shell did not expand: <c>*</c> any characters, <c>?</c> one, <c>[a-z]</c> one of these,
/// <c>[!a-z]</c> one other than these, <c>**</c> any folders.
/// </summary>
internal static class PathPattern
{
    private static readonly char[] Separators = Path.DirectorySeparatorChar == '/' ? ['/'] : ['/', '\\'];

    /// <summary>Whether a path has a wildcard.</summary>
    public static bool HasWildcards(string path) => path.AsSpan().ContainsAny('*', '?', '[');

    /// <summary>The folder before the first wildcard, "." if there is none.</summary>
    public static string Root(string pattern)
    {
        var wildcard = pattern.AsSpan().IndexOfAny('*', '?', '[');
        var end = pattern.LastIndexOfAny(Separators, wildcard);
        return end < 0 ? "." : end == 0 ? pattern[..1] : pattern[..end];
    }

    /// <summary>The matching files, sorted by path.</summary>
    public static IReadOnlyList<string> Matches(string pattern, FileWalk walk)
    {
        var root = Root(pattern);
        var inner = pattern[(pattern.LastIndexOfAny(Separators, pattern.AsSpan().IndexOfAny('*', '?', '[')) + 1)..];
        var parts = inner.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        var found = new SortedSet<string>(StringComparer.Ordinal);
        if (Directory.Exists(root))
        {
            Match(root, parts, walk, found);
        }

        // "*.jpg" gives "a.jpg", as a shell would, and not "./a.jpg".
        return [.. found.Select(path => inner == pattern ? Path.GetRelativePath(".", path) : path)];
    }

    private static void Match(string folder, ReadOnlySpan<string> parts, FileWalk walk, SortedSet<string> found)
    {
        if (parts.Length == 1 && parts[0] != "**")
        {
            var name = Expression(parts[0]);
            found.UnionWith(walk.In(folder, false, name.IsMatch));
            return;
        }

        if (parts[0] == "**")
        {
            // No folder, or one more of any name. At the end: every file below.
            if (parts.Length == 1)
            {
                found.UnionWith(walk.In(folder, true));
                return;
            }

            Match(folder, parts[1..], walk, found);
            foreach (var inner in walk.FoldersIn(folder))
            {
                Match(inner, parts, walk, found);
            }

            return;
        }

        if (!HasWildcards(parts[0]))
        {
            var inner = Path.Join(folder, parts[0]);
            if (Directory.Exists(inner))
            {
                Match(inner, parts[1..], walk, found);
            }

            return;
        }

        var expression = Expression(parts[0]);
        foreach (var inner in walk.FoldersIn(folder))
        {
            if (expression.IsMatch(Path.GetFileName(inner)))
            {
                Match(inner, parts[1..], walk, found);
            }
        }
    }

    private static Regex Expression(string part)
    {
        var text = new StringBuilder("^");
        for (var i = 0; i < part.Length; i++)
        {
            var close = part[i] == '[' ? part.IndexOf(']', Math.Min(i + 2, part.Length)) : -1;
            if (close > 0)
            {
                var set = part[(i + 1)..close].Replace("\\", "\\\\", StringComparison.Ordinal);
                text.Append('[').Append(set[0] is '!' or '^' ? "^" + set[1..] : set).Append(']');
                i = close;
            }
            else
            {
                text.Append(part[i] switch { '*' => ".*", '?' => ".", var letter => Regex.Escape(letter.ToString()) });
            }
        }

        var options = RegexOptions.CultureInvariant | RegexOptions.Singleline;
        options |= OperatingSystem.IsWindows() ? RegexOptions.IgnoreCase : RegexOptions.None;
        try
        {
            return new Regex(text.Append('$').ToString(), options);
        }
        catch (ArgumentException)
        {
            throw new FaceLoupeException(
                $"{part}: the range between '[' and ']' is invalid; write for example [a-z].");
        }
    }
}
