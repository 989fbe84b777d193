using FaceLoupe.Cli.Plotting;
using FaceLoupe.Imaging;

namespace FaceLoupe.Cli.Tests.Plotting;

public sealed class PlotTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("faceloupe-cli-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void texts_are_drawn_on_a_machine_without_fonts()
    {
        // The letters of the title are the only dark pixels in the strip above the axes.
        var path = Path.Combine(_folder.FullName, "p.png");
        PlotFile.Write(LinePlot.PrecisionRecall("title", [Line(1)]), path);
        var picture = PictureFile.Read(path);
        (picture.Width, picture.Height).ShouldBe((PlotFile.Width, PlotFile.Height));
        var strip = picture.Pixels.AsSpan(0, picture.OffsetOf(0, 25));
        strip.ContainsAnyExceptInRange((byte)128, (byte)255).ShouldBeTrue();
    }

    [Fact]
    public void every_line_differs_from_every_other()
    {
        var plot = LinePlot.PrecisionRecall(
            "title", Enumerable.Range(0, 12).Select(i => Line(i)).Append(Line(12) with { IsOurs = true }));
        plot.GetPlottables<ScottPlot.Plottables.Scatter>()
            .Select(line => (line.LineStyle.Color.ToHex(), line.LineStyle.Pattern.Name)).ShouldBeUnique();
    }

    [Fact]
    public void points_that_nobody_can_tell_apart_are_left_out()
    {
        var line = new Series("many", [.. Enumerable.Range(0, 100_001).Select(i => (i / 100_000d, 0.5))]).Thinned();
        line.Points.Count.ShouldBeInRange(1_000, 2_002);
        (line.Points[0], line.Points[^1]).ShouldBe(((0d, 0.5), (1d, 0.5)));
    }

    [Theory]
    [InlineData("a/curves.svg", "easy", "a/curves-easy.svg")]
    [InlineData("c.v1.png", "hard", "c.v1-hard.png")]
    public void several_plots_share_a_name(string path, string which, string name) =>
        PlotFile.NameFor(path, which).ShouldBe(name.Replace('/', Path.DirectorySeparatorChar));

    private static Series Line(int i) => new($"line {i}", [(0, 1), (1, i / 12d)]);
}
