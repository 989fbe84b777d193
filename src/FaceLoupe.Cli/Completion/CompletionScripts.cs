namespace FaceLoupe.Cli.Completion;

/// <summary>
/// Scripts that make shells complete the command line. They call the program with the directive
/// <c>[suggest:POSITION]</c>, so that they need no list of options. If the program suggests nothing, or options only,
/// the shell completes file names.
/// </summary>
internal static class CompletionScripts
{
    // The line is given without its first word, the name or path of the program.
    private const string Bash = """
        # bash: eval "$(faceloupe completion bash)", for instance in ~/.bashrc
        _faceloupe_complete() {
            local line=${COMP_LINE:0:COMP_POINT} word=${COMP_WORDS[COMP_CWORD]} suggestion
            line=${line#"${COMP_WORDS[0]}"}
            line=${line# }
            COMPREPLY=()
            while IFS= read -r suggestion; do
                [[ -n $suggestion && $suggestion == "$word"* ]] && COMPREPLY+=("$suggestion")
            done < <("${COMP_WORDS[0]}" "[suggest:${#line}]" "$line" 2>/dev/null)
        }
        complete -o default -F _faceloupe_complete faceloupe
        """;

    private const string Zsh = """
        # zsh: eval "$(faceloupe completion zsh)", after compinit, for instance in ~/.zshrc
        _faceloupe() {
            local line=${BUFFER[1,CURSOR]}
            line=${line#"${words[1]}"}
            line=${line# }
            local -a suggestions
            suggestions=("${(@f)$("${words[1]}" "[suggest:${#line}]" "$line" 2>/dev/null)}")
            suggestions=(${suggestions:#})
            if (( ${#suggestions} )); then
                compadd -- $suggestions
            fi
            if [[ -z ${suggestions:#-*} ]]; then
                _files
            fi
        }
        compdef _faceloupe faceloupe
        """;

    private const string Fish = """
        # fish: faceloupe completion fish | source, for instance in ~/.config/fish/config.fish
        function __faceloupe_complete
            set -l words (commandline --cut-at-cursor --tokens-expanded 2>/dev/null; or commandline -opc)
            set -l line (string replace --regex '^\S+\s?' '' -- (commandline --cut-at-cursor))
            $words[1] "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
        end
        function __faceloupe_knows_words
            __faceloupe_complete | string match --quiet --regex -- '^[^-]'
        end
        complete --command faceloupe --arguments '(__faceloupe_complete)'
        complete --command faceloupe --condition __faceloupe_knows_words --no-files
        """;

    private const string PowerShell = """
        # PowerShell: faceloupe completion powershell | Out-String | Invoke-Expression, for instance in $PROFILE
        Register-ArgumentCompleter -Native -CommandName faceloupe -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)
            $program = $commandAst.CommandElements[0].Extent.Text
            $line = $commandAst.ToString().PadRight($cursorPosition - $commandAst.Extent.StartOffset)
            $line = $line.Substring($program.Length)
            if ($line.StartsWith(' ')) { $line = $line.Substring(1) }
            & $program "[suggest:$($line.Length)]" "$line" 2>$null |
                Where-Object { $_ -like "$wordToComplete*" } |
                ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
        }
        """;

    /// <summary>The shells.</summary>
    public static string[] Shells { get; } = ["bash", "zsh", "fish", "powershell"];

    /// <summary>The script for a shell.</summary>
    public static string For(string shell) => (shell switch
    {
        "bash" => Bash,
        "zsh" => Zsh,
        "fish" => Fish,
        "powershell" => PowerShell,
        _ => throw new ArgumentOutOfRangeException(nameof(shell), shell, "Unknown shell."),
    }).ReplaceLineEndings("\n") + "\n";
}
