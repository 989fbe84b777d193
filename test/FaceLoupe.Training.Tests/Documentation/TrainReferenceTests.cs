using FaceLoupe.Tests.Documentation;

namespace FaceLoupe.Training.Tests.Documentation;

public class TrainReferenceTests
{
    private const string Introduction = """
        Trains the networks, stage by stage, and exports them. This is the output of `--help`, written by
        `eng/update-docs`, not by hand. [Reproducing](reproducing.md) has the commands behind the shipped model.

        From the sources, `faceloupe-train` is `dotnet run -c Release --project src/FaceLoupe.Training.Cli --`. Exit
        codes: 0 all went well, 1 a training that diverged or rows of a table that failed, 2 wrong usage or nothing that
        could be done, 130 stopped by Ctrl-C or SIGTERM, with a checkpoint.
        """;

    [Fact]
    public void docs_cli_train_md_shows_the_help_of_every_verb() =>
        CommandReference.ShouldBeIn(TrainCommandLine.Create(), "faceloupe-train", "docs/cli-train.md", Introduction);

    [Fact]
    public void every_documented_call_parses() => CommandParsing.DocumentsShouldParse(
        TrainCommandLine.Create(), "faceloupe-train", "src/FaceLoupe.Training.Cli", "ablate", "label");
}
