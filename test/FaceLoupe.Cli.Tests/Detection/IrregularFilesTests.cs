using System.Diagnostics;
using System.IO.Pipes;
using System.Text;
using FaceLoupe.Cli.Terminal;
using static FaceLoupe.Cli.Tests.Detection.DetectScenes;

namespace FaceLoupe.Cli.Tests.Detection;

/// <summary>Pipes, devices, links and odd names among the images of a folder.</summary>
public sealed class IrregularFilesTests : IDisposable
{
    private readonly DetectScenes _scenes = new();

    public IrregularFilesTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs Unix' kinds of files.");

    // .NET cannot delete files whose names it cannot represent.
    public void Dispose()
    {
        Shell("rm -rf p");
        _scenes.Dispose();
    }

    [Theory]
    [InlineData(
        "mkfifo p/b.jpg", "b.jpg: is not a regular file but a pipe, socket or device, which are not read; a JPEG, "
            + "PNG, ")]
    [InlineData(
        "mkfifo pipe; ln -s ../pipe p/b.jpg", "b.jpg: is not a regular file but a pipe, socket or device, which are "
            + "not read; a JPEG, PNG, ")]
    [InlineData(
        "ln -s /dev/zero p/b.jpg", "b.jpg: is not a regular file but a pipe, socket or device, which are not read; a "
            + "JPEG, PNG, ")]
    [InlineData("touch p/b.jpg", "b.jpg: the file is empty; a JPEG, PNG, ")]
    [InlineData("ln -s b.jpg p/b.jpg", "b.jpg: there is no such file")]
    [InlineData("ln -s nowhere p/b.jpg", "b.jpg: there is no such file")]
    public void only_regular_files_are_opened(string script, string reported)
    {
        _scenes.Save("p/a.png");
        Shell(script);

        foreach (var call in (CliCall[])
            [
                Detect(_scenes.PathOf("p")),
                CliCall.Run(
                    "blur", _scenes.PathOf("p"), "--out", _scenes.PathOf("out"), "--model",
                    FaceLoupe.Tests.TinyModel.Folder),
            ])
        {
            call.Faults.ShouldHaveSingleItem().ShouldContain(reported);
            call.ExitCode.ShouldBe(1);
        }

        Detect(_scenes.PathOf("p/b.jpg")).ShouldBeRefused(reported);
    }

    [Fact]
    public void what_is_no_regular_file_and_not_named_like_a_picture_is_reported_and_counted_and_holds_nothing_up()
    {
        _scenes.Save("p/a.png");
        Shell("mkfifo p/pipe p/page.ts; ln -s /dev/zero p/zero; ln -s nowhere p/lost; touch p/empty; echo x > p/notes");
        const string Other = ": is not a regular file but a pipe, socket or device.";

        foreach (var call in (CliCall[])
            [
                Detect(_scenes.PathOf("p")),
                CliCall.Run(
                    "blur", _scenes.PathOf("p"), "--out", _scenes.PathOf("out"), "--model",
                    FaceLoupe.Tests.TinyModel.Folder),
            ])
        {
            call.ExitCode.ShouldBe(0);
            call.Faults.Order(StringComparer.Ordinal).Select(line => line[..(line.IndexOf('.') + 1)]).ShouldBe(
                ((string[])["p/lost: is a link that leads nowhere.", "p/page", "p/pipe" + Other, "p/zero" + Other])
                .Select(
                    reported => "faceloupe: " + _scenes.PathOf(reported).Replace(
                        "p/page", "p/page.", StringComparison.Ordinal)));
            call.Faults.ShouldAllBe(line => line.EndsWith(
                "It may not be an image and is skipped.", StringComparison.Ordinal));
            call.Error.ShouldContain("; 4 skipped");
        }
    }

    [Theory]
    [InlineData("detect --list pipe")]
    [InlineData("detect --list pipe --shard 0/2 --out parts.d")]
    [InlineData("blur p/a.png --out b.png --apply pipe")]
    [InlineData("blur p/a.png --out b.png --certificate pipe")]
    [InlineData("blur p/a.png --out b.png --audit pipe --resume")]
    [InlineData("certify p --annotations pipe")]
    [InlineData("evaluate boxes --annotations pipe --images p")]
    [InlineData("convert pipe out.txt --from coco --to wider --images p")]
    [InlineData("detect p/a.png --format jsonl --out pipe --resume")]
    public async Task a_pipe_in_the_place_of_a_file_is_refused_and_not_waited_for(string line)
    {
        _scenes.Save("p/a.png");
        Shell("mkfifo pipe");
        string[] words = [.. line.Split(' ').Select(word =>
            word is "pipe" or "p" || word.Contains('.', StringComparison.Ordinal) ? _scenes.PathOf(word) : word)];

        var call = await Task.Run(
            () => CliCall.Run(
                [.. words,
                    .. words[0] == "convert" ? Array.Empty<string>() : ["--model", FaceLoupe.Tests.TinyModel.Folder]]),
            TestContext.Current.CancellationToken).WaitAsync(
                TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        call.ExitCode.ShouldBe(2);
        call.Error.ShouldContain("not a regular file");
    }

    [Fact]
    public void a_list_that_the_shell_hands_over_is_read()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs /proc.");
        var list = _scenes.Write("list.txt", _scenes.Save("p/a.png") + "\n");
        using var handed = File.OpenRead(list);

        Detect("--list", $"/proc/self/fd/{handed.SafeFileHandle.DangerousGetHandle()}").ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task a_pipe_that_the_shell_hands_over_as_a_list_is_read_once()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs /proc.");
        var picture = _scenes.Save("p/a.png");
        await using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);
        pipe.Write(Encoding.UTF8.GetBytes(picture + "\n"));
        var place = $"/proc/self/fd/{pipe.GetClientHandleAsString()}";

        var call = Task.Run(() => Detect("--list", place), TestContext.Current.CancellationToken);
        await pipe.DisposeAsync();

        (await call.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken)).ExitCode.ShouldBe(0);
    }

    [Fact]
    public void links_to_folders_are_passed_over_and_told_once()
    {
        _scenes.Save("p/a.png");
        _scenes.Save("q/b.png");
        Shell("ln -s ../q p/q");

        foreach (var input in (string[])["p", "p/**/*.png"])
        {
            var call = Detect(_scenes.PathOf(input), "-r");

            (call.ExitCode, _scenes.Images(call).Single()).ShouldBe((0, "p/a.png"));
            call.Faults.ShouldHaveSingleItem().ShouldBe(
                $"faceloupe: {_scenes.PathOf("p/q")}: is a link to a folder and is skipped; give it as an input "
                + "to include it.");
        }

        CliCall.Run(
            "blur", _scenes.PathOf("p"), "-r", "--out", _scenes.PathOf("out"), "--model",
            FaceLoupe.Tests.TinyModel.Folder)
            .Error.ShouldContain("is a link to a folder");
        Detect(_scenes.PathOf("p")).Faults.ShouldBeEmpty();
        _scenes.Images(Detect(_scenes.PathOf("p/q"))).ShouldBe(["p/q/b.png"]);
    }

    [Theory]
    [InlineData("p/caf\\351.png")]
    [InlineData("p/caf\\351")]
    public void a_name_that_is_not_utf8_is_reported_as_such(string name)
    {
        _scenes.Save("p/a.png");
        Shell($"cp p/a.png \"$(printf '{name}')\"");

        var call = Detect(_scenes.PathOf("p"));

        call.Faults.ShouldHaveSingleItem().ShouldContain("the name is not UTF-8");
        _scenes.Images(call).ShouldBe(["p/a.png"]);
        call.ExitCode.ShouldBe(1);
    }

    [Fact]
    public void a_folder_whose_name_is_not_utf8_is_reported_as_such()
    {
        _scenes.Save("p/a.png");
        Shell("mkdir \"$(printf 'p/caf\\351')\"");

        var call = Detect(_scenes.PathOf("p"), "-r");

        call.Faults.ShouldHaveSingleItem().ShouldContain("the name is not UTF-8");
        call.ExitCode.ShouldBe(1);
    }

    private void Shell(string script)
    {
        using var shell = Process.Start(
            new ProcessStartInfo("sh", ["-ec", script]) { WorkingDirectory = _scenes.Folder })!;
        shell.WaitForExit();
        shell.ExitCode.ShouldBe(0);
    }
}
