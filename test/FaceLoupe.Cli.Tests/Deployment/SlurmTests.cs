using System.Diagnostics;
using FaceLoupe.Cli.Tests.Detection;
using FaceLoupe.Imaging;
using FaceLoupe.Tests;
using static FaceLoupe.Tests.TinyModel;

namespace FaceLoupe.Cli.Tests.Deployment;

/// <summary>The array script on Debian's Slurm: a controller and several nodes on this machine.</summary>
public sealed class SlurmTests : IDisposable
{
    private const int Pictures = 520;

    private readonly DetectScenes _scenes = new();

    public void Dispose() => _scenes.Dispose();

    [Fact]
    public async Task a_task_that_is_killed_and_requeued_leaves_the_merged_rows_of_one_run()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Slurm.");
        Directory.CreateDirectory(_scenes.PathOf("photos"));
        var list = Enumerable.Range(0, Pictures).Select(
            i => _scenes.PathOf(FormattableString.Invariant($"photos/{i:000}.png")))
            .ToArray();
        for (var i = 0; i < Pictures; i++)
        {
            // Of different sizes and numbers of faces, so that rows differ.
            PictureFile.Write(
                Scene(300 + i, 240,
                    [.. Enumerable.Range(0, i % 4).Select(face => (Square(16, 2 + (4 * face), 3), White))]), list[i]);
        }

        File.WriteAllText(list[333], "no image");
        using var process =
            Process.Start(new ProcessStartInfo(RepositoryRoot.Combine("deploy", "slurm", "try-on-one-machine"))
        {
            ArgumentList =
            {
                _scenes.PathOf("slurm"), _scenes.Write("list.txt", string.Join('\n', list) + "\n"), "--model",
                TinyModel.Folder,
            },
            Environment = { ["FACELOUPE"] = "dotnet " + Path.Combine(AppContext.BaseDirectory, "FaceLoupe.Cli.dll") },
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.SkipWhen(process.ExitCode == 3, await error);

        process.ExitCode.ShouldBe(0, output + await error);
        output.ShouldContain("task 2 was killed with ");
        output.ShouldMatch("520 images in 4 parts: [1-9][0-9]+ faces, [1-9][0-9]+ images without, 1 failed; ");
        output.ShouldContain("the merged rows are byte for byte those of one run: 520 images");
    }
}
