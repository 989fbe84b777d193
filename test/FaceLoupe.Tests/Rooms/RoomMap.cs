namespace FaceLoupe.Tests.Rooms;

/// <summary>Which folder of a project (a room) uses which other one.</summary>
internal sealed class RoomMap
{
    /// <summary>Name of the room that is the project's own folder.</summary>
    public const string Top = "(top)";

    // Room, room that it uses, and what it uses there.
    private readonly Dictionary<string, SortedDictionary<string, SortedSet<string>>> _arrows = [];

    private RoomMap(IReadOnlyList<SourceText> files)
    {
        Files = files;
        var types = files.SelectMany(file => file.Types.Select(name => (Name: name, File: file))).ToLookup(
            type => type.Name, type => type.File);
        var extensions = files.SelectMany(file => file.Extensions.Select(name => (Name: name, File: file)))
            .ToLookup(method => method.Name, method => method.File);
        foreach (var file in files)
        {
            _arrows.TryAdd(file.Room, new(StringComparer.Ordinal));
            var visible = VisibleIn(file).ToArray();
            foreach (var name in file.Names)
            {
                // The nearest one is meant.
                var nearest = visible.FirstOrDefault(space => types[name].Any(other => other.Namespace == space));
                Add(file, name, types[name].Where(other => other.Namespace == nearest));
            }

            foreach (var name in file.Calls)
            {
                Add(file, name + "()", extensions[name].Where(other => visible.Contains(other.Namespace)));
            }

            foreach (var chain in file.Chains.Concat(file.NamedTypes))
            {
                AddQualified(file, chain, types);
            }
        }
    }

    public IReadOnlyList<SourceText> Files { get; }

    public IEnumerable<string> Rooms => _arrows.Keys.Order(StringComparer.Ordinal);

    /// <summary>Reads the sources of a project.</summary>
    /// <param name="folder">The project's folder.</param>
    public static RoomMap OfProject(string folder) => Of(
        from path in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        let parts = Path.GetRelativePath(folder, path).Split(Path.DirectorySeparatorChar)
        where parts[0] is not ("bin" or "obj")
        let room = parts.Length == 1 ? Top : string.Join('.', parts.SkipLast(1))
        select SourceText.Read(parts[^1], room, File.ReadAllText(path)));

    public static RoomMap Of(IEnumerable<SourceText> files) => new([.. files]);

    /// <summary>The rooms that a room uses, by name.</summary>
    public IEnumerable<string> UsedBy(string room) => _arrows[room].Keys;

    /// <summary>Every arrow that is part of a circle, with what it is made of.</summary>
    public IEnumerable<string> Circles() =>
        from room in Rooms
        from arrow in _arrows[room]
        where Reached(arrow.Key).Contains(room)
        select $"{room} -> {arrow.Key}: {string.Join(", ", arrow.Value)}";

    private static IEnumerable<string> VisibleIn(SourceText file)
    {
        for (var space = file.Namespace; space.Length > 0; space = space[..Math.Max(space.LastIndexOf('.'), 0)])
        {
            yield return space;
        }

        foreach (var space in file.Usings)
        {
            yield return space;
        }
    }

    // "Models.ModelBundle.Open": some of the first names are the end of a namespace, the next one is a type of it.
    private void AddQualified(SourceText file, string chain, ILookup<string, SourceText> types)
    {
        var names = chain.Split('.');
        for (var i = 1; i < names.Length; i++)
        {
            var space = "." + string.Join('.', names[..i]);
            Add(file, names[i], types[names[i]].Where(
                other => $".{other.Namespace}".EndsWith(space, StringComparison.Ordinal)));
        }
    }

    private void Add(SourceText file, string what, IEnumerable<SourceText> declared)
    {
        foreach (var room in declared.Select(other => other.Room).Where(room => room != file.Room))
        {
            if (!_arrows[file.Room].TryGetValue(room, out var uses))
            {
                _arrows[file.Room][room] = uses = new(StringComparer.Ordinal);
            }

            uses.Add($"{file.File} uses {what}");
        }
    }

    private HashSet<string> Reached(string start)
    {
        var reached = new HashSet<string> { start };
        var open = new Stack<string>(reached);
        while (open.TryPop(out var room))
        {
            foreach (var next in UsedBy(room).Where(reached.Add))
            {
                open.Push(next);
            }
        }

        return reached;
    }
}
