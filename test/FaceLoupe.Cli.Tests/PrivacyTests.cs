using System.Diagnostics;
using FaceLoupe.Cli.Tests.Detection;
using FaceLoupe.Tests;

namespace FaceLoupe.Cli.Tests;

public sealed class PrivacyTests : IDisposable
{
    private readonly DetectScenes _scenes = new();

    public void Dispose() => _scenes.Dispose();

    [Theory]
    [InlineData("detect", "a.png")]
    [InlineData("doctor")]
    public async Task nothing_is_kept_in_the_home_folder_to_be_reported(params string[] args)
    {
        _scenes.Save("a.png");
        var home = Directory.CreateDirectory(_scenes.PathOf("home")).FullName;
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "FaceLoupe.Cli.dll") },
            WorkingDirectory = _scenes.Folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (var arg in (string[])[.. args, "--model", TinyModel.Folder])
        {
            start.ArgumentList.Add(arg);
        }

        // Without the variables by which ONNX Runtime knows a build machine and is silent.
        start.Environment.Clear();
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        start.Environment["HOME"] = home;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        await output;

        process.ExitCode.ShouldBe(0, error);
        Directory.GetFiles(home, "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }
}
