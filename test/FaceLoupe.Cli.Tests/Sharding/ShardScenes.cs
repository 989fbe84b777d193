using FaceLoupe.Cli.Tests.Detection;
using FaceLoupe.Tests;

namespace FaceLoupe.Cli.Tests.Sharding;

/// <summary>
/// A list of ten files, of which one is not an image and one has no face, and runs over parts of it.
/// </summary>
internal sealed class ShardScenes : IDisposable
{
    public ShardScenes()
    {
        Pictures =
        [
            .. Enumerable.Range(0, 10).Select(i => i switch
            {
                4 => Scenes.Write("photos/4.png", "no image"),
                _ => Save(FormattableString.Invariant($"photos/{i}.png"), face: i != 7),
            }),
        ];
        List = Scenes.Write("list.txt", string.Join('\n', Pictures) + "\n");
    }

    public DetectScenes Scenes { get; } = new();

    public string[] Pictures { get; }

    public string List { get; }

    public string Run => Scenes.PathOf("run");

    public CliCall Detect(int part, int of, params string[] more) => DetectScenes.Detect(
        ["--list", List, "--shard", FormattableString.Invariant($"{part}/{of}"), "--out", Run, .. more]);

    public CliCall Blur(int part, int of, params string[] more) => CliCall.Run(
    [
        "blur", "--list", List, "--shard", FormattableString.Invariant($"{part}/{of}"), "--out", Run, "--model",
        TinyModel.Folder, .. more,
    ]);

    public CliCall Merge(string file, params string[] more) =>
        CliCall.Run(["merge", Run, "--out", Scenes.PathOf(file), .. more]);

    public byte[] Bytes(string file) => File.ReadAllBytes(Scenes.PathOf(file));

    public void Dispose() => Scenes.Dispose();

    private string Save(string name, bool face)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Scenes.PathOf(name))!);
        return Scenes.Save(name, face);
    }
}
