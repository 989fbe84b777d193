namespace FaceLoupe.Cli.Tests;

public class CommandLineTests
{
    [Theory]
    [InlineData("Required command")]
    [InlineData("There is no command or option 'detcet'", "detcet", "a.jpg")]
    [InlineData("There is no command or option '--colour'", "--colour")]
    [InlineData("INPUT", "detect")]
    [InlineData("There is no option '--colour'", "detect", "a.jpg", "--colour", "red")]
    [InlineData("There is no option '--scores'", "detect", "--scores", "a.jpg")]
    [InlineData("--min-score is '1.5', not a number from 0 to 1", "detect", "a.jpg", "--min-score", "1.5")]
    [InlineData("--min-score is '0,5', not a number from 0 to 1", "detect", "a.jpg", "--min-score", "0,5")]
    [InlineData("--min-score is 'nan', not a number from 0 to 1", "detect", "a.jpg", "--min-score", "nan")]
    [InlineData("--stages is '3', not 1 or 2", "detect", "a.jpg", "--stages", "3")]
    [InlineData("'--model'", "detect", "a.jpg", "--model")]
    public void wrong_usage_is_told_in_one_line(string told, params string[] args) =>
        CliCall.Run(args).ShouldBeRefused(told, "--help");

    [Theory]
    [InlineData("--help", "detect")]
    [InlineData("detect --help", "--annotate")]
    [InlineData("--version", "0.")]
    public void help_and_version_are_fine(string args, string told)
    {
        var call = CliCall.Run(args.Split(' '));
        (call.ExitCode, call.Error).ShouldBe((0, ""));
        call.Output.ShouldContain(told);
    }
}
