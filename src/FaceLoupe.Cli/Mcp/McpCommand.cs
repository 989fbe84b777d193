using System.CommandLine;
using FaceLoupe.Cli.Flags;
using FaceLoupe.Cli.Terminal;
using FaceLoupe.Programs;

namespace FaceLoupe.Cli.Mcp;

/// <summary><c>faceloupe mcp</c>: tools for language models.</summary>
internal static class McpCommand
{
    /// <summary>Makes the verb.</summary>
    /// <param name="standardInput">Opens standard input.</param>
    public static Command Create(Func<Stream> standardInput)
    {
        var roots = new Argument<string[]>("DIR")
        {
            Description = "Folders whose images may be searched; no other files can be read.",
            Arity = ArgumentArity.OneOrMore,
        };
        var copies = TextOption.Optional(
            "--out", "DIR", "Folder for masked copies; without it there is no tool that writes.", "-o");
        var detector = new DetectorFlags();
        var command = new Command(
            "mcp",
            "Lets a language model detect, count and blur faces; speaks the Model Context Protocol on standard input "
                + "and output, to the client that started it.")
        {
            roots, copies,
        };
        detector.AddTo(command);
        roots.Validators.Add(result => CommandChecks.RefuseUnknownOptions(result));
        command.SetAction((parsed, stop) => new McpRun(
            parsed.GetRequiredValue(roots), parsed.GetValue(copies), detector.Model(parsed), detector.Options(parsed))
            .RunAsync(
                standardInput,
                Console.OpenStandardOutput,
                note => parsed.InvocationConfiguration.Error.WriteLine($"faceloupe: {note}"),
                stop));
        return command.WithExamples(
            ("faceloupe mcp photos", "find and count faces in the images of one folder"),
            ("faceloupe mcp photos scans --out masked", "two folders, and a third for masked copies"));
    }
}
