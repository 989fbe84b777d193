namespace FaceLoupe.Tests.Documentation;

/// <summary>The reader of shell examples, which the tests of both command lines trust.</summary>
public class DocumentedCommandTests
{
    private const string Document = """
        Text with `faceloupe inline`.

        ```sh
        faceloupe detect a.jpg --json "my file.json"   # a comment
        # faceloupe commented out
        faceloupe detect crowd.jpg | jq '.images[0].faces | length' > count.txt
        dotnet run -c Release --project src/FaceLoupe.Cli -- evaluate boxes \
            --images samples
        train="dotnet run --project src/FaceLoupe.Training.Cli --"
        run=runs/a
        FLAG=1 $train gan --run $run && echo done
        ```

        ```json
        faceloupe is not a command here
        ```
        """;

    private readonly DocumentedCommand[] _commands = [.. DocumentedCommand.Of("doc.md", Document)];

    [Fact]
    public void words_quotes_comments_pipes_and_continued_lines_are_understood() =>
        _commands.Select(command => string.Join('|', command.Words)).ShouldBe(
        [
            "faceloupe|detect|a.jpg|--json|my file.json",
            "faceloupe|detect|crowd.jpg",
            "jq|.images[0].faces | length",
            "dotnet|run|-c|Release|--project|src/FaceLoupe.Cli|--|evaluate|boxes|--images|samples",
            "dotnet|run|--project|src/FaceLoupe.Training.Cli|--|gan|--run|runs/a",
            "echo|done",
        ]);

    [Fact]
    public void places_name_the_line() => _commands.Select(command => command.Place).Take(4)
        .ShouldBe(["doc.md:4", "doc.md:6", "doc.md:6", "doc.md:8"]);

    [Fact]
    public void arguments_are_those_of_one_program()
    {
        _commands.Select(command => command.ArgumentsOf("faceloupe", "src/FaceLoupe.Cli")?.FirstOrDefault())
            .ShouldBe(["detect", "detect", null, "evaluate", null, null]);
        _commands[4].ArgumentsOf("faceloupe-train", "src/FaceLoupe.Training.Cli").ShouldBe(["gan", "--run", "runs/a"]);
    }
}
