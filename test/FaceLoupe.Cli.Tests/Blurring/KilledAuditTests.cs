using System.Diagnostics;
using System.Text.Json;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using static FaceLoupe.Tests.TinyModel;

namespace FaceLoupe.Cli.Tests.Blurring;

/// <summary>The audit of a program that was killed grows in place, and a resumed run completes it.</summary>
public sealed class KilledAuditTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("faceloupe-killed-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task a_killed_run_leaves_its_lines_and_a_resumed_one_completes_them()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix signals.");
        for (var i = 0; i < 400; i++)
        {
            Save($"in/{i:000}.png");
        }

        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "FaceLoupe.Cli.dll"), "blur", PathOf("in"), "--out",
                PathOf("out"), "--audit", PathOf("a.jsonl"), "--model", Folder,
            },
            RedirectStandardError = true,
        };
        using (var process = Process.Start(start)!)
        {
            // Reported once it is written.
            string? line;
            do
            {
                line = (await process.StandardError.ReadLineAsync()).ShouldNotBeNull();
            }
            while (!line.Contains("004.png ->", StringComparison.Ordinal));
            process.Kill();
            await process.WaitForExitAsync();
        }

        Done().Length.ShouldBeInRange(5, 399);
        var call = Resume();

        call.ExitCode.ShouldBe(0, call.Error);
        Done().ShouldBe(Enumerable.Range(0, 400).Select(i => PathOf($"in/{i:000}.png")));
        Audit().Count(line => line.GetProperty("type").GetString() == "region").ShouldBe(400);
        Directory.GetFiles(_folder.FullName).ShouldBe([PathOf("a.jsonl")]);
    }

    [Fact]
    public void a_copy_that_was_finished_but_not_written_down_is_made_again()
    {
        Save("in/a.png");
        Save("in/b.png");
        Resume().ExitCode.ShouldBe(0);
        var whole = File.ReadAllLines(PathOf("a.jsonl"));

        // Killed between the copy of b.png and the end of its line.
        File.WriteAllText(PathOf("a.jsonl"), string.Join('\n', whole[..^1]) + "\n" + whole[^1][..20]);
        File.WriteAllText(
            PathOf("a.jsonl.underway"), JsonSerializer.Serialize<string[]>([PathOf("in/b.png"), PathOf("out/b.png")]));
        var call = Resume();

        call.ExitCode.ShouldBe(0, call.Error);
        File.ReadAllLines(PathOf("a.jsonl"))[1..].ShouldBe(whole[1..]);
        File.Exists(PathOf("a.jsonl.underway")).ShouldBeFalse();
    }

    private CliCall Resume() => CliCall.Run(
        "blur", PathOf("in"), "--out", PathOf("out"), "--audit", PathOf("a.jsonl"), "--resume", "--model", Folder);

    private string[] Done() =>
    [
        .. Audit().Where(line => line.GetProperty("type").GetString() == "done")
            .Select(line => line.GetProperty("file").GetString()!),
    ];

    // Up to the last complete line.
    private JsonElement[] Audit()
    {
        var text = File.ReadAllText(PathOf("a.jsonl"));
        return [.. text[..text.LastIndexOf('\n')].Split('\n').Select(line => JsonElement.Parse(line))];
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private void Save(string name) =>
        PictureFile.Write(Scene(100, 90, (Square(16, 2, 3), White)), PathOf(name));
}
