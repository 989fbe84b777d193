using System.Diagnostics;
using FaceLoupe.Cli.Tests.Detection;
using FaceLoupe.ObjectStores;
using FaceLoupe.Tests;

namespace FaceLoupe.Cli.Tests.ObjectStores;

/// <summary>Images and results in a store that speaks S3: npm's s3rver on loopback.</summary>
public sealed class S3Tests : IAsyncLifetime, IDisposable
{
    private readonly DetectScenes _scenes = new();
    private readonly int _port = PlainServer.FreePort();
    private Process? _server;

    private string Endpoint => $"http://127.0.0.1:{_port}";

    public async ValueTask InitializeAsync()
    {
        var npm = Directory.CreateDirectory(_scenes.PathOf("npm")).FullName;
        try
        {
            using var install = Process.Start(new ProcessStartInfo("npm")
            {
                ArgumentList = { "install", "--silent", "--no-audit", "--no-fund", "--prefix", npm, "s3rver@3.7.1" },
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            })!;
            await install.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromMinutes(2)).Token);
            if (install.ExitCode != 0)
            {
                return;
            }
        }
        catch (Exception fault) when (fault is System.ComponentModel.Win32Exception or OperationCanceledException)
        {
            return;
        }

        _server = Process.Start(new ProcessStartInfo("node")
        {
            ArgumentList =
            {
                Path.Join(npm, "node_modules", "s3rver", "bin", "s3rver.js"), "--directory", _scenes.PathOf("store"),
                "--address",
                "127.0.0.1", "--port", $"{_port}", "--configure-bucket", "photos", "--configure-bucket", "results",
                "--silent",
            },
        });
        using var client = new HttpClient();
        for (var i = 0; i < 300; i++)
        {
            try
            {
                await client.GetAsync(Endpoint);
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(50);
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    public void Dispose()
    {
        if (_server is not null)
        {
            _server.Kill();
            _server.WaitForExit();
            _server.Dispose();
            _server = null;
        }

        if (Directory.Exists(_scenes.Folder))
        {
            _scenes.Dispose();
        }
    }

    [Fact]
    public async Task parts_of_a_list_are_read_from_a_store_and_written_to_it()
    {
        using var store = Store();
        string[] pictures = [.. Enumerable.Range(0, 6).Select(i => $"s3://photos/a/{i}.png")];
        for (var i = 0; i < 5; i++)
        {
            store.Write(pictures[i], File.ReadAllBytes(_scenes.Save("a.png", face: i != 2)));
        }

        var list = _scenes.Write("list.txt", string.Join('\n', pictures));
        var first = await DetectAsync("--list", list, "--shard", "0/2", "--out", "s3://results/run");
        var second = await DetectAsync("--list", list, "--shard", "1/2", "--out", "s3://results/run");
        var other = await DetectAsync("--list", list, "--shard", "0/3", "--out", "s3://results/run");

        first.ExitCode.ShouldBe(0, first.Error);
        second.ExitCode.ShouldBe(1, second.Error);
        second.Error.ShouldContain("s3://photos/a/5.png: there is no such object.");
        other.ExitCode.ShouldBe(2);
        other.Error.ShouldContain("--out s3://results/run: is the folder of a run with shards 2, but this run has 3");

        Directory.CreateDirectory(_scenes.PathOf("run"));
        foreach (var name in (string[])["run.json", "00000-of-00002.jsonl", "00001-of-00002.jsonl"])
        {
            File.WriteAllBytes(_scenes.PathOf("run/" + name), store.Read("s3://results/run/" + name));
        }

        var merged = CliCall.Run("merge", _scenes.PathOf("run"), "--out", _scenes.PathOf("all.jsonl"));
        merged.ExitCode.ShouldBe(0, merged.Error);
        merged.Output.ShouldStartWith("6 images in 2 parts: 4 faces, 1 image without, 1 failed");

        // Again: finished results are fetched, and the images are not searched.
        var again = await DetectAsync("--list", list, "--shard", "0/2", "--out", "s3://results/run", "--resume");
        again.ExitCode.ShouldBe(0, again.Error);
        again.Error.ShouldContain("3 images finished before");
    }

    [Fact]
    public async Task a_single_file_goes_to_a_store_and_comes_back()
    {
        using var store = Store();
        store.Write("s3://photos/b.png", File.ReadAllBytes(_scenes.Save("b.png")));

        var call = await DetectAsync("s3://photos/b.png", "--format", "parquet", "--out", "s3://results/b.parquet");

        call.ExitCode.ShouldBe(0, call.Error);
        store.Read("s3://results/b.parquet").AsSpan(0, 4).SequenceEqual("PAR1"u8).ShouldBeTrue();
        store.TryRead("s3://results/none").ShouldBeNull();
        Should.Throw<FaceLoupeException>(() => store.Read("s3://nowhere/a")).Message.ShouldContain(
            "there is no such bucket");
    }

    private ObjectStore Store()
    {
        Assert.SkipWhen(_server is null, "npm's s3rver cannot be installed here.");
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", "S3RVER");
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", "S3RVER");
        return new ObjectStore(new ObjectStoreOptions { S3Endpoint = Endpoint, Wait = TimeSpan.FromMilliseconds(10) });
    }

    private Task<(int ExitCode, string Error)> DetectAsync(params string[] args) =>
        CliProcess.RunAsync(
            _scenes.Folder, ["detect", .. args], variables => variables["AWS_ENDPOINT_URL_S3"] = Endpoint);
}
