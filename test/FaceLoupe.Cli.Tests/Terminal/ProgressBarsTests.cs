using FaceLoupe.Cli.Terminal;

namespace FaceLoupe.Cli.Tests.Terminal;

public class ProgressBarsTests
{
    [Fact]
    public void a_pipe_sees_lines_and_no_bars()
    {
        using var writer = new StringWriter { NewLine = "\n" };
        var bars = ProgressBars.On(writer, quiet: false);

        bars.During("Hiding faces", 2, () =>
        {
            bars.Show("a.mp4", 1, 10, "3 faces");
            bars.Finish();
            bars.WriteLine("a.mp4 -> b.mp4");
            bars.Finish("3 faces");
        });
        bars.WriteLine("done");

        writer.ToString().ShouldBe("a.mp4 -> b.mp4\ndone\n");
    }
}
