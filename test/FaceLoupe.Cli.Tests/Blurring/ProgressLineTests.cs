using FaceLoupe.Cli.Blurring;

namespace FaceLoupe.Cli.Tests.Blurring;

public class ProgressLineTests
{
    [Theory]
    [InlineData(0, 250L, 0, "a.mp4: 0 of 250 frames")]
    [InlineData(50, 250L, 20, "a.mp4: 50 of 250 frames, 2.5 frames/s, 1:20 left")]
    [InlineData(250, 250L, 100, "a.mp4: 250 of 250 frames, 2.5 frames/s, 0:00 left")]
    [InlineData(1, 5000L, 2, "a.mp4: 1 of 5000 frames, 0.5 frames/s, 2:46:38 left")]
    [InlineData(10, null, 5, "a.mp4: 10 frames, 2.0 frames/s")]
    [InlineData(300, 250L, 100, "a.mp4: 300 of 250 frames, 3.0 frames/s")]
    public void the_line_tells_how_far_how_fast_and_how_long(long done, long? total, int seconds, string line) =>
        ProgressLine.Text("a.mp4", done, total, "frames", TimeSpan.FromSeconds(seconds)).ShouldBe(line);

    [Fact]
    public void a_shorter_line_leaves_nothing_of_a_longer_one()
    {
        using var writer = new StringWriter();
        var progress = new ProgressLine(writer, live: true);

        progress.Show("long.mp4", 1, 10, "frames", TimeSpan.FromSeconds(1));
        progress.Clear();
        progress.Clear();

        var line = "long.mp4: 1 of 10 frames, 1.0 frames/s, 0:09 left";
        writer.ToString().ShouldBe($"\r{line}\r{new string(' ', line.Length)}\r");
    }

    [Fact]
    public void a_pipe_sees_nothing()
    {
        using var writer = new StringWriter();
        var progress = new ProgressLine(writer, live: false);
        progress.Show("a", 1, 2, "files", TimeSpan.FromSeconds(1));
        progress.Clear();
        writer.ToString().ShouldBeEmpty();
    }
}
