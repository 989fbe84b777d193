using System.Xml.Linq;
using FaceLoupe.Training.Runs;

namespace FaceLoupe.Training.Tests.Runs;

public sealed class MetricsFigureTests
{
    [Fact]
    public void every_number_has_a_panel_and_torn_lines_are_left_out()
    {
        var lines = Enumerable.Range(1, 12).Select(i => $$"""{"step":{{i}},"kind":"train","time":"t","loss":{{12 - i}},"broken":"NaN"}""")
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

        static double Y(string point) => double.Parse(point.Split(',')[1], System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public void metrics_without_numbers_are_refused() =>
        Should.Throw<FaceLoupeException>(() => MetricsFigure.Svg("gan", [])).Message.ShouldContain("no number yet");
}
