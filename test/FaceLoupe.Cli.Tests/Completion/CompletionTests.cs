using System.Diagnostics;
using System.Runtime.Versioning;
using FaceLoupe.Cli.Terminal;

namespace FaceLoupe.Cli.Tests.Completion;

public sealed class CompletionTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("faceloupe-cli-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("", "detect", "evaluate", "convert", "doctor", "completion")]
    [InlineData("det", "detect")]
    [InlineData("detect --fo", "--format")]
    [InlineData("detect a.png --format ", "csv", "json", "jsonl", "yolo")]
    [InlineData("detect --format c", "coco", "csv")]
    [InlineData("evaluate b", "boxes")]
    [InlineData("completion ", "bash", "fish", "powershell", "zsh")]
    public void the_program_knows_what_may_follow(string line, params string[] suggestions)
    {
        var call = CliCall.Run($"[suggest:{line.Length}]", line);
        (call.ExitCode, call.Error).ShouldBe((0, ""));
        var reported = call.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        suggestions.ShouldBeSubsetOf(reported);
        reported.ShouldNotContain("/h");
    }

    [Theory]
    [InlineData("bash", "complete -o default -F _faceloupe_complete faceloupe")]
    [InlineData("zsh", "compdef _faceloupe faceloupe")]
    [InlineData("fish", "complete --command faceloupe")]
    [InlineData("powershell", "Register-ArgumentCompleter -Native -CommandName faceloupe")]
    public void every_shell_has_a_script_that_asks_the_program(string shell, string reported)
    {
        var call = CliCall.Run("completion", shell);
        (call.ExitCode, call.Error).ShouldBe((0, ""));
        call.Output.ShouldContain(reported);
        call.Output.ShouldContain("[suggest:");
        call.Output.ShouldNotContain('\r');
    }

    [Fact]
    public void an_unknown_shell_is_refused() => CliCall.Run("completion", "cmd").ShouldBeRefused("'cmd'", "bash");

    [Theory]
    [InlineData("faceloupe det", "detect")]
    [InlineData("faceloupe detect --format j", "json jsonl")]
    [InlineData("faceloupe detect photo.jpg --cr", "--crop-scale --crops")]
    [InlineData("faceloupe detect pho", "")]
    public async Task bash_completes_with_it(string line, string suggestions)
    {
        if (OperatingSystem.IsWindows() || !File.Exists("/bin/bash"))
        {
            Assert.Skip("There is no bash here.");
            return;
        }

        MakeProgram();

        // What bash does when Tab is pressed.
        var script = $"""
            PATH="{_folder.FullName}:$PATH"
            eval "$(faceloupe completion bash)"
            COMP_LINE='{line}'
            COMP_POINT=${"{#COMP_LINE}"}
            read -ra COMP_WORDS <<< "$COMP_LINE"
            COMP_CWORD=$(( ${"{#COMP_WORDS[@]}"} - 1 ))
            _faceloupe_complete
            echo "${"{COMPREPLY[*]}"}"
            """;
        using var bash = Process.Start(new ProcessStartInfo("/bin/bash")
        {
            ArgumentList = { "--norc", "-c", script },
            RedirectStandardOutput = true,
        })!;
        (await bash.StandardOutput.ReadToEndAsync()).TrimEnd('\n').ShouldBe(suggestions);
    }

    [Theory]
    [InlineData("faceloupe det", "detect")]
    [InlineData("faceloupe detect --format j", "json jsonl")]
    [InlineData("faceloupe blur pho", "photo.jpg")]
    [InlineData("faceloupe evaluate ", "--help -h boxes fddb wider")]
    public async Task fish_completes_with_it_and_with_files_where_no_word_is_known(string line, string suggestions)
    {
        if (OperatingSystem.IsWindows() || !File.Exists("/usr/bin/fish"))
        {
            Assert.Skip("There is no fish here.");
            return;
        }

        MakeProgram();
        File.WriteAllText(Path.Combine(_folder.FullName, "photo.jpg"), "");
        using var fish = Process.Start(new ProcessStartInfo("/usr/bin/fish")
        {
            ArgumentList =
            {
                "--no-config", "-c",
                $"set PATH '{_folder.FullName}' $PATH; faceloupe completion fish | source; complete -C '{line}'",
            },
            WorkingDirectory = _folder.FullName,
            RedirectStandardOutput = true,
        })!;
        var reported = (await fish.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word.Split('\t')[0]).Order(StringComparer.Ordinal);
        string.Join(' ', reported).ShouldBe(suggestions);
    }

    // A program of that name for the path.
    [UnsupportedOSPlatform("windows")]
    private void MakeProgram()
    {
        var program = Path.Combine(_folder.FullName, "faceloupe");
        File.WriteAllText(
            program,
            $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "FaceLoupe.Cli.dll")}' \"$@\"\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
