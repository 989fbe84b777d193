using FaceLoupe.Cli.Tests.Detection;

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
        var (code, error) = await CliProcess.RunAsync(_scenes.Folder, args, variables =>
        {
            // Without the variables by which ONNX Runtime recognises a build machine and sends nothing.
            variables.Clear();
            variables["PATH"] = Environment.GetEnvironmentVariable("PATH");
            variables["HOME"] = home;
        });

        code.ShouldBe(0, error);
        Directory.GetFiles(home, "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }
}
