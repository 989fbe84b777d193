using FaceLoupe.Tests.Documentation;

namespace FaceLoupe.Cli.Tests.Documentation;

public class CliReferenceTests
{
    private const string Introduction = """
        Finds the faces of images, measures detectors, and converts annotations. This is the output of
        `--help`, written by `eng/update-docs`, not by hand. [Recipes](recipes.md) put the commands to use.

        Results go to standard output or to the files named, everything else to standard error. Exit codes: 0 all
        went well, 1 some inputs failed and the others were processed, 2 wrong usage or nothing that could be done, 130
        stopped by Ctrl-C or SIGTERM, with everything that was finished by then written, 141 output closed by its
        reader. A fault is one line that begins with `faceloupe: `.
        """;

    [Fact]
    public void docs_cli_md_shows_the_help_of_every_verb() =>
        CommandReference.ShouldBeIn(CommandLine.Create(), "faceloupe", "docs/cli.md", Introduction);

    [Fact]
    public void every_documented_call_parses() => CommandParsing.DocumentsShouldParse(
        CommandLine.Create(), "faceloupe", "src/FaceLoupe.Cli");
}
