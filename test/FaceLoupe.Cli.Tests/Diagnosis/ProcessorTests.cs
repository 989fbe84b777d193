using System.Runtime.Intrinsics.X86;
using FaceLoupe.Models;
using FaceLoupe.Tests;

namespace FaceLoupe.Cli.Tests.Diagnosis;

/// <summary>Messages about the processor, in a separate process, since its features are read once.</summary>
public sealed class ProcessorTests
{
    [Theory]
    [InlineData("detect")]
    [InlineData("blur")]
    public async Task without_avx2_a_line_says_so_and_the_exit_code_is_2(string verb)
    {
        Assert.SkipUnless(Avx2.IsSupported, "Only where AVX2 can be hidden.");
        var folder = Directory.CreateTempSubdirectory("faceloupe-avx2-");
        try
        {
            string[] args =
                [verb, RepositoryRoot.Combine("samples", "solvay-1927.jpg"), "--out",
                    Path.Combine(folder.FullName, "out")];
            var (exitCode, error) = await CliProcess.RunAsync(
                folder.FullName, args, variables => variables["DOTNET_EnableAVX2"] = "0");

            exitCode.ShouldBe(2);
            error.ShouldStartWith("faceloupe: This x64 processor has no AVX2");
            error.TrimEnd().ShouldNotContain('\n');
            Directory.GetFileSystemEntries(folder.FullName).ShouldBeEmpty();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void doctor_tells_why_a_model_runs_and_whether_its_8_bit_results_are_right()
    {
        var json = CliCall.Run("doctor", "--json").Json;

        json.GetProperty("model").GetString()!.ShouldStartWith($"{ModelBundle.DefaultName} ");
        json.GetProperty("modelReason").GetString().ShouldBe($"the default for {ProcessorFeatures.Current}");
        json.GetProperty("goldenOutputs").GetString()!.ShouldStartWith("as expected (largest error 0.0");

        CliCall.Run("doctor", "--model", TinyModel.Folder).Output.ShouldContain(
            "not compared: tiny has no golden.json");
    }

    [Fact]
    public void results_tell_why_the_model_ran() =>
        CliCall.Run("detect", RepositoryRoot.Combine("samples", "solvay-1927.jpg"), "--model", TinyModel.Folder).Json
            .GetProperty("modelReason").GetString().ShouldBe("asked for");
}
