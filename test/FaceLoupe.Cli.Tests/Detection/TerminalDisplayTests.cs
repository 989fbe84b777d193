using FaceLoupe.Cli.Detection.Displays;
using Spectre.Console;

namespace FaceLoupe.Cli.Tests.Detection;

public class TerminalDisplayTests
{
    [Fact]
    public void a_terminal_shows_a_bar_and_a_table()
    {
        var shown = Show(display =>
        {
            display.Fault("[x].png: is bad");
            display.During(2, () =>
            {
                display.Finished("a.png", Found, 3, TimeSpan.FromSeconds(1));
                display.Finished("b.png", Found, 4, TimeSpan.FromSeconds(1));
            });
            display.Summary(new RunSummary(2, 7, 1, 5, 6, TimeSpan.FromSeconds(4)));
        });

        shown.ShouldContain("faceloupe: [x].png: is bad");
        shown.ShouldContain("7 faces");
        shown.ShouldContain("2/2");
        foreach (var row in (string[])[
            "pictures *│ *2 ", "faces *│ *7 ", "failures *│.*1.* │", "finished before *│ *5 ", "still to do *│.*6.* │",
            @"time *│ *4\.0 s ", @"pictures a second *│ *0\.50 "])
        {
            shown.ShouldMatch(row);
        }
    }

    [Fact]
    public void a_fault_between_pictures_is_told_in_full_above_the_bar()
    {
        var fault = "bad.png: " + new string('x', 100);
        Show(display => display.During(1, () => display.Fault(fault)))
            .ReplaceLineEndings("").ShouldContain("faceloupe: bad.png: xxx");
    }

    private static Detections Found => new(10, 10, [], [], default!);

    private static string Show(Action<TerminalDisplay> work)
    {
        using var writer = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(writer),
        });
        work(new TerminalDisplay(console));
        return writer.ToString();
    }
}
