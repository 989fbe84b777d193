using System.Text;
using FaceLoupe.Cli.Terminal;
using FaceLoupe.Cli.Tests.Detection;
using FaceLoupe.Tests;

namespace FaceLoupe.Cli.Tests;

public class CommandLineTests
{
    [Theory]
    [InlineData("There is no command or option 'portrait'.", "portrait", "a.jpg")]
    [InlineData("There is no command or option 'detekt'; did you mean 'detect'? See 'faceloupe --", "detekt", "a.jpg")]
    [InlineData("'bxes'; did you mean 'boxes'? See 'faceloupe evaluate --help'.", "evaluate", "bxes")]
    [InlineData("'--anotations'; did you mean '--annotations'? See 'faceloupe evaluate boxes --help'.",
        "evaluate", "boxes", "--anotations", "a", "--annotations", "a", "--images", "b")]
    [InlineData("There is no option '--anotate'; did you mean '--annotate'?", "detect", "a.jpg", "--anotate", "b.png")]
    [InlineData("There is no command or option '--colour'", "--colour")]
    [InlineData("INPUT", "detect")]
    [InlineData("There is no option '--colour'", "detect", "a.jpg", "--colour", "red")]
    [InlineData("There is no option '--scores'", "detect", "--scores", "a.jpg")]
    [InlineData("--min-score is '1.5', not a number from 0 to 1", "detect", "a.jpg", "--min-score", "1.5")]
    [InlineData("--min-score is '0,5', not a number from 0 to 1", "detect", "a.jpg", "--min-score", "0,5")]
    [InlineData("--min-score is 'nan', not a number from 0 to 1", "detect", "a.jpg", "--min-score", "nan")]
    [InlineData("--stages is '3', not 1 or 2", "detect", "a.jpg", "--stages", "3")]
    [InlineData("--stages is '01', not 1 or 2", "detect", "a.jpg", "--stages", "01")]
    [InlineData("'--model'", "detect", "a.jpg", "--model")]
    [InlineData(
        "--format is 'xml', not json, jsonl, parquet, csv, coco, yolo, voc, wider, fddb or xmp", "detect", "a.jpg",
        "--format", "xml")]
    [InlineData("--mask is 'none', not pixelate, solid or gaussian", "blur", "a.jpg", "--out", "b", "--mask", "none")]
    [InlineData(
        "--from is 'pdf', not wider, coco, yolo, voc or corrections", "convert", "a", "b", "--from", "pdf", "--to",
        "voc", "--images", "c")]
    public void wrong_usage_is_reported_in_one_line(string reported, params string[] args) =>
        CliCall.Run(args).ShouldBeRefused(reported, "--help");

    [Fact]
    public void a_file_in_the_place_of_a_command_is_taken_for_one_to_detect_in() =>
        CliCall.Run(TinyModel.Folder).ShouldBeRefused($"did you mean 'faceloupe detect {TinyModel.Folder}'?");

    [Theory]
    [InlineData("")]
    [InlineData("evaluate")]
    public void a_command_line_without_a_verb_is_answered_with_the_help(string args)
    {
        string[] words = [.. args.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        CliCall.Run(words).ShouldBe(CliCall.Run([.. words, "--help"]) with { ExitCode = 0, Error = "" });
        CliCall.Run(words).Output.ShouldContain("Usage:");
    }

    [Theory]
    [InlineData("--help", "detect")]
    [InlineData("detect --help", "--annotate")]
    [InlineData("--version", "0.")]
    public void help_and_version_are_fine(string args, string reported)
    {
        var call = CliCall.Run(args.Split(' '));
        (call.ExitCode, call.Error).ShouldBe((0, ""));
        call.Output.ShouldContain(reported);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("jsonl")]
    [InlineData("csv")]
    public void standard_output_that_cannot_be_written_is_reported_in_one_line(string format)
    {
        using var scenes = new DetectScenes();
        using var error = new StringWriter { NewLine = "\n" };

        var exitCode = CommandLine.Run(
            ["detect", scenes.Save("a.png"), "--format", format, "-q", "--model", TinyModel.Folder], new FullDisk(),
            error);

        exitCode.ShouldBe(2);
        error.ToString().Split('\n').Length.ShouldBe(2, error.ToString());
        error.ToString().ShouldStartWith("faceloupe: standard output: cannot be written: ");
    }

    [Fact]
    public void what_ends_a_verb_early_becomes_one_line_and_an_exit_code()
    {
        Guarded(new OperationCanceledException()).ShouldBe((130, "faceloupe: Stopped; nothing more was written.\n"));
        Guarded(new FaceLoupeException("a: is\nbad.")).ShouldBe((2, "faceloupe: a: is bad.\n"));
        var (exitCode, line) = Guarded(new InsufficientMemoryException());
        exitCode.ShouldBe(2);
        line.ShouldStartWith("faceloupe: There is not enough memory; ");
    }

    private static (int ExitCode, string Error) Guarded(Exception fault)
    {
        using var error = new StringWriter { NewLine = "\n" };
        return (CommandLine.Guard(error, () => throw fault), error.ToString());
    }

    /// <summary>A standard output that refuses everything.</summary>
    private sealed class FullDisk : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => throw new IOException("No room.");
    }
}
