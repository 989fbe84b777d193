using System.Xml.Linq;
using FaceLoupe.Training.Runs;

namespace FaceLoupe.Training.Tests.Runs;

public sealed class MetricsFigureTests
{
    [Fact]
    public void every_number_has_a_panel_and_incomplete_lines_are_skipped()
    {
        var lines = Enumerable.Range(1, 12)
            .Select(i => $$"""{"step":{{i}},"kind":"train","time":"t","loss":{{12 - i}},"broken":"NaN"}""")
            .Append("""{"step":12,"kind":"validation","time":"t","psnr":20.5}""").Append("""{"step":13,"ki""");

        var svg = XDocument.Parse(MetricsFigure.Svg("gan <1>", lines));

        var texts = svg.Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value).ToArray();
        texts.ShouldContain("gan <1>");
        texts.ShouldContain("loss");
        texts.ShouldContain("psnr (validation)");
        texts.ShouldNotContain("broken");
        var loss = svg.Descendants().First(e => e.Name.LocalName == "polyline").Attribute("points")!.Value.Split(' ');
        loss.Length.ShouldBe(12);
        var (first, last) = (Y(loss[0]), Y(loss[^1]));
        first.ShouldBeLessThan(last); // it falls: the first is higher up

        static double Y(string point) =>
            double.Parse(point.Split(',')[1], System.Globalization.CultureInfo.InvariantCulture);
    }

    [Theory]
    [InlineData("0.0001", "0", "0.0001", "0.0002")]
    [InlineData("-3", "-6", "-3", "0")]
    [InlineData("0", "-1", "0", "1")]
    public void a_constant_number_has_an_axis_of_its_own_size(string value, params string[] ticks)
    {
        var svg = XDocument.Parse(MetricsFigure.Svg(
            "gan", Enumerable.Range(1, 12).Select(i => $$"""{"step":{{i}},"kind":"train","rate":{{value}}}""")));

        var texts = svg.Descendants().Where(e => e.Name.LocalName == "text").ToArray();
        texts.Where(e => (string?)e.Attribute("text-anchor") == "end" && e.Value[0] != 's')
            .Select(e => e.Value).ShouldBe(ticks);
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(5, 2)]
    [InlineData(20, 3)]
    public void many_panels_stand_in_a_grid(int numbers, int columns)
    {
        var line = string.Join(",", Enumerable.Range(0, numbers).Select(i => $"\"n{i}\":{i}"));
        var svg = XDocument.Parse(MetricsFigure.Svg("gan", [$$"""{"step":1,"kind":"train",{{line}}}"""]));

        var names = svg.Descendants()
            .Where(e => e.Name.LocalName == "text" && e.Value.StartsWith('n')).ToArray();
        names.Length.ShouldBe(numbers);
        names.Select(e => (string)e.Attribute("x")!).Distinct().Count().ShouldBe(columns);
        names.Select(e => ((string)e.Attribute("x")!, (string)e.Attribute("y")!)).ShouldBeUnique();
    }

    [Fact]
    public void metrics_without_numbers_are_refused() =>
        Should.Throw<FaceLoupeException>(() => MetricsFigure.Svg("gan", [])).Message.ShouldContain(
            "no numbers to plot");
}
