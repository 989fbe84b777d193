using FaceLoupe.Cli.Diagnosis;
using FaceLoupe.Cli.Terminal;
using FaceLoupe.Tests;

namespace FaceLoupe.Cli.Tests.Diagnosis;

public class DoctorTests
{
    [Fact]
    public void everything_a_report_should_say_is_reported()
    {
        var call = CliCall.Run("doctor", "--model", TinyModel.Folder);

        (call.ExitCode, call.Error).ShouldBe((0, ""));
        foreach (var reported in (string[])[
            "FaceLoupe ", ".NET 10", "cores ", "GiB", "ONNX Runtime ", "CPUExecutionProvider", "Skia ", "ffmpeg ",
            "models are searched for", "tiny 1.0.0", TinyModel.Folder, "96x64", "Ready to find faces."])
        {
            call.Output.ShouldContain(reported);
        }
    }

    [Fact]
    public void programs_read_it_as_json()
    {
        var json = CliCall.Run("doctor", "--json", "--model", TinyModel.Folder).Json;

        json.GetProperty("able").GetBoolean().ShouldBeTrue();
        json.GetProperty("executionProviders").EnumerateArray().Select(name => name.GetString())
            .ShouldContain("CPUExecutionProvider");
        int.Parse(json.GetProperty("cores").GetString()!).ShouldBe(Environment.ProcessorCount);
        json.GetProperty("modelPlaces").GetArrayLength().ShouldBe(2);
        json.GetProperty("model").GetString()!.ShouldStartWith("tiny 1.0.0");
    }

    [Fact]
    public void a_missing_or_altered_model_is_a_fault_and_the_rest_is_reported()
    {
        var call = CliCall.Run("doctor", "--model", "nowhere");
        call.ExitCode.ShouldBe(2);
        call.Output.ShouldContain("FAULT: nowhere: there is no such model folder");
        call.Output.ShouldContain("ONNX Runtime ");
        call.Output.ShouldContain("Faces cannot be found until");

        var model = TinyModel.Copy();
        try
        {
            File.AppendAllText(Path.Combine(model.FullName, "generator.onnx"), "x");
            var json = CliCall.Run("doctor", "--json", "--model", model.FullName);
            json.ExitCode.ShouldBe(2);
            json.Json.GetProperty("able").GetBoolean().ShouldBeFalse();
            json.Json.GetProperty("model").GetProperty("fault").GetString()!.ShouldContain("SHA-256");
        }
        finally
        {
            model.Delete(recursive: true);
        }
    }

    [Fact]
    public void an_ffmpeg_that_is_not_there_is_no_fault()
    {
        FfmpegProgram.Version("no-such-program-ffmpeg").ShouldBeNull();
        FfmpegProgram.Version(Path.GetTempPath()).ShouldBeNull();
        FfmpegProgram.Missing.ShouldContain("apt install ffmpeg");
    }
}
