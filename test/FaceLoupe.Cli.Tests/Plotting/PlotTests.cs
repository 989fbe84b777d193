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

    // The frame of the plot must not cover the line of a detector without a mistake.
    [Fact]
    public void a_line_at_1_is_as_thick_as_any()
    {
        Blue(0.5).ShouldBeGreaterThan(300);
        Blue(1).ShouldBe(Blue(0.5), 0.1 * Blue(0.5));

        // Where the line crosses a column, however its edges fall on the pixels.
        double Blue(double precision)
        {
            var path = Path.Combine(_folder.FullName, "p.png");
            PlotFile.Write(LinePlot.PrecisionRecall("", [new Series("", [(0, precision), (1, precision)])]), path);
            var picture = PictureFile.Read(path);
            return Enumerable.Range(0, picture.Height).Select(y => picture.OffsetOf(picture.Width / 3, y))
                .Sum(at => picture.Pixels[at + 2] - picture.Pixels[at]);
        }
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
