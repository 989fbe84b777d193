namespace FaceLoupe.Tests.Rooms;

/// <summary>
/// Folders are rooms: what one uses of another is said in docs/architecture.md, and no circle is allowed.
/// </summary>
public class RoomTests
{
    // Types that callers name keep the namespace that callers know, whatever their folder.
    private static readonly string[] InTheNamespaceOfTheProject =
        ["FaceLoupeException.cs", "Device.cs", "ServeOptions.cs"];

    public static TheoryData<string> Projects => ["FaceLoupe", "FaceLoupe.Cli", "FaceLoupe.Web", "FaceLoupe.Training"];

    public static TheoryData<string> ProjectFolders => [.. ((string[])["src", "projects"])
        .SelectMany(parent => Directory.GetDirectories(RepositoryRoot.Combine(parent)))
        .Where(folder => Directory.EnumerateFiles(folder, "*.csproj").Any())
        .Select(folder => Path.GetRelativePath(RepositoryRoot.Folder, folder)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(ProjectFolders))]
    public void Folders_do_not_use_each_other_in_a_circle(string folder) => RoomMap
        .OfProject(RepositoryRoot.Combine(folder)).Circles()
        .ShouldBeEmpty("move a file, or let one folder be given what it takes from the other");

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_namespace_is_named_after_its_folder(string project)
    {
        foreach (var file in MapOf(project).Files.Where(file => file.Namespace.Length > 0))
        {
            var expected = file.Room == RoomMap.Top || InTheNamespaceOfTheProject.Contains(file.File)
                ? project
                : $"{project}.{file.Room}";
            file.Namespace.ShouldBe(expected, file.File);
        }
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void The_table_of_architecture_md_is_what_the_sources_say(string project) =>
        RoomTable.ShouldBeIn("docs/architecture.md", project, MapOf(project));

    [Fact]
    public void A_circle_of_three_is_found_with_what_it_is_made_of()
    {
        var map = RoomMap.Of(
        [
            SourceText.Read("A.cs", "First", "using P.Second;\nnamespace P.First;\nclass A { B b; }\n"),
            SourceText.Read(
                "B.cs", "Second", "namespace P.Second;\nclass B { int x = Third.C.Of($\"{nameof(B)}\"); }\n"),
            SourceText.Read(
                "C.cs", "Third", "using P.First;\nnamespace P.Third;\nstatic class C { object a = new A(); }\n"),
            SourceText.Read("D.cs", RoomMap.Top, "using P.First;\nnamespace P;\nclass D : A;\n"),
        ]);

        map.Circles().ShouldBe(
            ["First -> Second: A.cs uses B", "Second -> Third: B.cs uses C", "Third -> First: C.cs uses A"]);
    }

    [Fact]
    public void An_extension_method_and_an_alias_are_uses()
    {
        var map = RoomMap.Of(
        [
            SourceText.Read(
                "Ext.cs", "E", "namespace P.E;\nstatic class Ext { public static int Twice(this int x) => 2 * x; }\n"),
            SourceText.Read("A.cs", "A", "using P.E;\nnamespace P.A;\nclass A { int y = 3.Twice(); }\n"),
            SourceText.Read("B.cs", "B", "using Other = P.A.A;\nnamespace P.B;\nclass B { Other? other; }\n"),
        ]);

        map.UsedBy("A").ShouldBe(["E"]);
        map.UsedBy("B").ShouldBe(["A"]);
    }

    [Fact]
    public void A_comment_a_text_and_a_member_of_the_same_name_are_no_uses()
    {
        var map = RoomMap.Of(
        [
            SourceText.Read("Face.cs", RoomMap.Top, "namespace P;\nrecord Face;\n"),
            SourceText.Read(
                "A.cs", "A",
                "namespace P.A;\n/// <see cref=\"Face\"/>\nclass A { float Face { get; } string s = \"Face\"; A b = "
                    + "new() { Face = 3 }; }\n"),
        ]);

        map.UsedBy("A").ShouldBeEmpty();
    }

    private static RoomMap MapOf(string project) => RoomMap.OfProject(RepositoryRoot.Combine("src", project));
}
