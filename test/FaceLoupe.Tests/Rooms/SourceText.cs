using System.Text.RegularExpressions;

namespace FaceLoupe.Tests.Rooms;

/// <summary>What a C# file declares and names, read without a compiler: comments and texts are left out.</summary>
internal sealed partial class SourceText
{
    // An identifier after one of these is used, not declared.
    private static readonly HashSet<string> Keywords =
    [
        "new", "return", "is", "as", "in", "out", "ref", "case", "throw", "typeof", "nameof", "await", "static",
        "readonly",
        "public", "private", "internal", "protected", "sealed", "abstract", "override", "const", "params", "this",
        "not",
        "or", "and", "where", "record", "class", "struct", "interface", "enum", "partial", "event", "operator", "using",
        "virtual", "scoped", "required", "extern", "async", "else", "file", "stackalloc", "yield", "when", "with",
        "var",
    ];

    private SourceText(string file, string room, string code)
    {
        (File, Room) = (file, room);
        Namespace = NamespaceLine().Match(code).Groups[1].Value;
        Usings = [.. UsingLine().Matches(code).Select(match => match.Groups[1].Value)];
        NamedTypes = [.. UsingTypeLine().Matches(code).Select(match => match.Groups[1].Value)];
        Types = [.. TypeLine().Matches(code).Select(match => match.Groups[1].Value)];
        Extensions = [.. ExtensionMethod().Matches(code).Select(match => match.Groups[1].Value)];
        var body = HeadLine().Replace(code, "");
        var members = Declaration().Matches(body)
            .Where(match => !Keywords.Contains(match.Groups[1].Value) && match.Groups[1].Value != match.Groups[2].Value)
            .Select(match => match.Groups[2].Value).ToHashSet();
        Names = [.. Name().Matches(body).Select(match => match.Value).Where(name => !members.Contains(name))];
        Chains = [.. Chain().Matches(body).Select(match => match.Value)];
        Calls = [.. Call().Matches(body).Select(match => match.Groups[1].Value)];
    }

    /// <summary>The file's name.</summary>
    public string File { get; }

    /// <summary>Its folder within the project, with dots; see <see cref="RoomMap.Top"/>.</summary>
    public string Room { get; }

    public string Namespace { get; }

    /// <summary>Namespaces that it uses.</summary>
    public IReadOnlyList<string> Usings { get; }

    /// <summary>Types that a using directive names, as an alias or for their static members.</summary>
    public IReadOnlyList<string> NamedTypes { get; }

    /// <summary>Types that it declares; nested ones are left out.</summary>
    public IReadOnlyList<string> Types { get; }

    /// <summary>Extension methods that it declares.</summary>
    public IReadOnlyList<string> Extensions { get; }

    /// <summary>Names that may be those of types.</summary>
    public HashSet<string> Names { get; }

    /// <summary>Names with others before them: <c>Models.ModelBundle</c>.</summary>
    public HashSet<string> Chains { get; }

    /// <summary>Names of methods that are called on something.</summary>
    public HashSet<string> Calls { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="file">Its name.</param>
    /// <param name="room">Its folder within the project.</param>
    /// <param name="text">Its content.</param>
    public static SourceText Read(string file, string room, string text) => new(file, room, CommentOrText().Replace(
        text, match => match.Value[0] == '/' ? " " : $" {string.Join(' ', Hole().Matches(match.Value))} "));

    [GeneratedRegex(
        """"//[^\n]*|/\*.*?\*/|"""[\s\S]*?"""|@"(?:[^"]|"")*"|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])+'"""",
        RegexOptions.Singleline)]
    private static partial Regex CommentOrText();

    // What stands between the braces of an interpolated text is code.
    [GeneratedRegex(@"(?<=\{)[^{}]*(?=\})")]
    private static partial Regex Hole();

    [GeneratedRegex(@"^namespace\s+([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"^using ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex UsingLine();

    [GeneratedRegex(@"^using (?:static |\w+ = )([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex UsingTypeLine();

    [GeneratedRegex(@"^(?:using [^\n(]*;|namespace [^\n]*)$", RegexOptions.Multiline)]
    private static partial Regex HeadLine();

    [GeneratedRegex(
        @"^(?:\w+ )*(?:class|struct|interface|enum|record(?: struct| class)?|delegate [\w<>\[\], ?.]+) (\w+)",
        RegexOptions.Multiline)]
    private static partial Regex TypeLine();

    [GeneratedRegex(@"\b(\w+)(?:<[\w, ]+>)?\(\s*this\s")]
    private static partial Regex ExtensionMethod();

    // "float Face;", "Range? Face {", "Face Judge(": the last name is a member's or a variable's.
    [GeneratedRegex(@"(\w[\w>\]?]*)\s+([A-Z]\w*)\s*(?:[;,=){(]|=>)")]
    private static partial Regex Declaration();

    // Neither a member of something, nor a named argument, nor what is assigned to.
    [GeneratedRegex(@"(?<![\w.])[A-Z]\w*\b(?!:[^:])(?!\s*=[^=>])")]
    private static partial Regex Name();

    [GeneratedRegex(@"(?<![\w.])(?:[A-Z]\w*\.)+[A-Z]\w*")]
    private static partial Regex Chain();

    [GeneratedRegex(@"\.([A-Z]\w*)\s*[(<]")]
    private static partial Regex Call();
}
