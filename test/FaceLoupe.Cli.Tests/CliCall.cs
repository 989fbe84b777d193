using System.Text.Json;
using FaceLoupe.Cli.Terminal;

namespace FaceLoupe.Cli.Tests;

/// <summary>One call of the program, in this process, with its output captured.</summary>
internal sealed record CliCall(int ExitCode, string Output, string Error)
{
    /// <summary>The lines of standard error that report faults.</summary>
    public string[] Faults =>
        [.. Error.Split('\n').Where(line => line.StartsWith("faceloupe: ", StringComparison.Ordinal))];

    public JsonElement Json => JsonElement.Parse(Output);

    public static CliCall Run(params string[] args) => Run([], args);

    /// <summary>A call with bytes on its standard input.</summary>
    public static CliCall Run(byte[] input, params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var exitCode = CommandLine.Run(args, output, error, () => new MemoryStream(input));
        return new CliCall(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Checks that nothing was done, for a reason given in one line.</summary>
    public void ShouldBeRefused(params string[] reported)
    {
        ExitCode.ShouldBe(2);
        Output.ShouldBeEmpty();
        Error.TrimEnd('\n').ShouldNotContain('\n');
        Error.ShouldStartWith("faceloupe: ");
        foreach (var text in reported)
        {
            Error.ShouldContain(text);
        }
    }
}
