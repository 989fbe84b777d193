using System.Globalization;
using System.Text.RegularExpressions;

namespace FaceLoupe.Tests.Documentation;

/// <summary>The walks of docs/pipeline.md lead along files and methods that there are.</summary>
public class PipelineWalkTests
{
    [Theory]
    [InlineData("One image")]
    [InlineData("One training sample")]
    public void A_walk_has_at_most_eight_steps_to_methods_that_exist_and_are_called_from_where_it_says(string title)
    {
        var steps = Steps(title);

        steps.Length.ShouldBeInRange(5, 8);
        foreach (var (file, method, from) in steps)
        {
            Source(file).ShouldMatch(
                $@"(?m)^\s+(?:public|internal|private)[^=;\n]*\s{method}(?:\(|$)", $"{file} has no {method}");
            if (int.TryParse(from, CultureInfo.InvariantCulture, out var step))
            {
                Source(steps[step - 1].File).ShouldMatch(
                    $@"\.{method}\b|\b{method}\(", $"{steps[step - 1].File} calls no {method}");
            }
        }
    }

    private static (string File, string Method, string From)[] Steps(string title)
    {
        var page = File.ReadAllText(RepositoryRoot.Combine("docs", "pipeline.md"));
        var walk = page.Split($"### {title}\n")[1].Split("\n#")[0];
        return
        [
            .. Regex.Matches(walk, @"^\| \d \| `(.+?)` \| `(\w+)` \| `?(\w+)`? \|", RegexOptions.Multiline)
                .Select(row => (row.Groups[1].Value, row.Groups[2].Value, row.Groups[3].Value)),
        ];
    }

    private static string Source(string file) => File.ReadAllText(RepositoryRoot.Combine("src", file));
}
