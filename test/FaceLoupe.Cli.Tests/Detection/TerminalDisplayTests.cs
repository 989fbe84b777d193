using FaceLoupe.Cli.Detection.Displays;
using FaceLoupe.Imaging;
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
            var tally = new DetectTally { Inputs = 2, Failures = 1 };
            tally.AddPicture(3);
            tally.AddPicture(4);
            tally.SkipPictures(5);
            display.Summary(new RunSummary(tally, 6, Videos: false, TimeSpan.FromSeconds(4)));
        });

        shown.ShouldContain("faceloupe: [x].png: is bad");
        shown.ShouldContain("7 faces");
        shown.ShouldContain("2/2");
        foreach (var row in (string[])[
            "images *│ *2 ", "faces *│ *7 ", "failures *│.*1.* │", "finished before *│ *5 ", "still to do *│.*6.* │",
            @"time *│ *4\.0 s ", @"images per second *│ *0\.50 "])
        {
            shown.ShouldMatch(row);
        }

        shown.ShouldNotContain("frames");
    }

    [Fact]
    public void a_video_has_a_bar_of_its_own_as_long_as_it_lasts()
    {
        var video = new VideoTally("films/[x].mp4");
        var shown = Show(display =>
        {
            display.During(1, () =>
            {
                display.VideoStarted("films/[x].mp4", 2);
                video.Add(new Picture(64, 48), faces: 3);
                video.Skip(new Picture(64, 48));
                video.Add(new Picture(64, 48), faces: 4);
                display.FrameFinished(video);
                Thread.Sleep(1000); // a bar is drawn ten times per second
                display.VideoFinished(video);
            });
            var tally = new DetectTally { Inputs = 1 };
            tally.Add(video);
            display.Summary(new RunSummary(tally, 0, Videos: true, TimeSpan.FromSeconds(4)));
        });

        // One frame more than the file announced.
        shown.ShouldContain("[x].mp4: 7 faces");
        shown.ShouldContain("3/3");
        foreach (var row in (string[])[
            "frames *│ *2 ", "faces *│ *7 ", "finished before *│ *1 ", @"frames per second *│ *0\.50 "])
        {
            shown.ShouldMatch(row);
        }

        shown.ShouldNotContain("images");
    }

    [Fact]
    public void a_video_that_fails_takes_its_bar_along()
    {
        var shown = Show(display => display.During(2, () =>
        {
            display.VideoStarted("a.mp4", null);
            display.Fault("a.mp4: is bad");
            display.Finished("b.png", Found, 1, TimeSpan.FromSeconds(1));
        }));
        shown.Split("is bad")[^1].ShouldNotContain("a.mp4");
    }

    [Fact]
    public void a_fault_between_pictures_is_reported_in_full_above_the_bar()
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
