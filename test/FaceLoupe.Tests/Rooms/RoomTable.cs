namespace FaceLoupe.Tests.Rooms;

/// <summary>The table of a project's folders in a document: folder, content, and which folders it uses.</summary>
internal static class RoomTable
{
    /// <summary>Compares the last column with the sources, or writes it anew when that is asked for.</summary>
    /// <param name="page">The document, relative to the repository.</param>
    /// <param name="project">The project; the first cell of its table is its name.</param>
    /// <param name="map">Its folders.</param>
    public static void ShouldBeIn(string page, string project, RoomMap map)
    {
        var path = RepositoryRoot.Combine(page);
        var lines = File.ReadAllLines(path).ToList();
        var head = lines.FindIndex(line => line.StartsWith($"| `{project}` |", StringComparison.Ordinal));
        head.ShouldBeGreaterThan(0, $"{page} has no table of {project}");
        var end = lines.FindIndex(head, line => !line.StartsWith('|'));
        var contents = lines[(head + 2)..end].Select(row => row.Split('|')).ToDictionary(
            cells => cells[1].Trim(), cells => cells[2].Trim());
        List<string> expected =
        [
            .. map.Rooms.OrderBy(room => room == RoomMap.Top ? 0 : 1).Select(
                room => (Name: NameOf(room), Uses: UsesOf(room, map)))
                .Select(room => $"| {room.Name} | {contents.GetValueOrDefault(room.Name, "")} | {room.Uses} |"),
        ];
        if (Environment.GetEnvironmentVariable("FACELOUPE_UPDATE_DOCS") == "1")
        {
            lines.RemoveRange(head + 2, end - head - 2);
            lines.InsertRange(head + 2, expected);
            File.WriteAllText(path, string.Join('\n', lines) + "\n");
        }
        else
        {
            lines[(head + 2)..end].ShouldBe(
                expected, "rewrite the last column with eng/update-docs, and say in the middle one what a folder is "
                    + "for");
        }

        expected.ShouldAllBe(row => !row.Contains("|  |"), "a folder needs a word on what it is for");
    }

    private static string NameOf(string room) => room == RoomMap.Top ? room : $"`{room.Replace('.', '/')}/`";

    private static string UsesOf(string room, RoomMap map) =>
        map.UsedBy(room).Any() ? string.Join(", ", map.UsedBy(room).Select(used => used.Replace('.', '/'))) : "none";
}
