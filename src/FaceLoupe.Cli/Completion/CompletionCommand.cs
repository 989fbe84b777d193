using System.CommandLine;
using FaceLoupe.Cli.Terminal;
using FaceLoupe.Programs;

namespace FaceLoupe.Cli.Completion;

/// <summary><c>faceloupe completion</c>: makes shells complete the command line.</summary>
internal static class CompletionCommand
{
    public static Command Create()
    {
        var shell = new Argument<string>("SHELL")
        {
            Description = "The shell.", HelpName = string.Join('|', CompletionScripts.Shells),
        };
        shell.AcceptOnly(CompletionScripts.Shells);
        var command = new Command("completion", "Prints a script that completes verbs and options in a shell.")
        {
            shell,
        };
        command.SetAction(parsed => parsed.InvocationConfiguration.Output.Write(
            CompletionScripts.For(parsed.GetRequiredValue(shell))));
        return command.WithExamples(
            ("faceloupe completion bash", "add its output to ~/.bashrc, or: eval \"$(faceloupe completion bash)\""),
            ("faceloupe completion powershell", "add it to $PROFILE"));
    }
}
