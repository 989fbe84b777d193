using System.Xml.Linq;
using FaceLoupe.Training.Ablations;
using FaceLoupe.Training.Workspace;

namespace FaceLoupe.Training.Tests.Ablations;

public sealed class AblationReportTests
{
    private static readonly AblationTable Table = AblationTables.Of("table3", new TrainingConfig());

    [Fact]
    public void a_mean_has_its_deviation_over_the_seeds()
    {
        MeanAndSpread.Of([0.5, 0.7, 0.9]).ShouldSatisfyAllConditions(
            value => value.Mean.ShouldBe(0.7, 1e-12),
            value => value.Spread!.Value.ShouldBe(0.2, 1e-12),
            value => value.Count.ShouldBe(3));
        MeanAndSpread.Of([0.5]).ShouldBe(new MeanAndSpread(0.5, null, 1));
    }

    [Fact]
    public void rows_are_listed_with_the_papers_figures_and_their_faults()
    {
        var text = AblationReport.Markdown(Result(
            Row("x1.0", 0.5, 0.52), Row("x2.0", 0.6, 0.63) with { SameTrainingAs = "all" },
            Row("x3.0") with { Seeds = [new(1, RowState.Failed, "gan: a | b")] }));

        text.ShouldContain("| X1.0 | 0.510 ± 0.014 | 2 | 0.951 | 0.943 | 0.882 |");
        text.ShouldContain("| X3.0 | - | 0 | 0.960 | 0.949 | 0.872 |");
        text.ShouldContain("failed (seed 1): gan: a \\| b |");
        text.ShouldContain("done (seed 1, 2); the same training as all |");
        text.ShouldContain("| context X2.0 instead of X1.0 | +0.105 ± 0.007 | - | +0.007 | same sign |");
    }

    [Theory]
    [InlineData("same sign", 0.60, 0.61)]
    [InlineData("same sign, within the noise", 0.51, 0.62)]
    [InlineData("other sign", 0.40, 0.41)]
    [InlineData("no difference", 0.50, 0.52)]
    [InlineData("same sign, one seed", 0.60)]
    [InlineData("-")]
    public void a_sign_is_reported_if_the_seeds_agree(string conclusion, params double[] withContext)
    {
        RowResult[] rows = [Row("x1.0", 0.50, 0.52), Row("x2.0", withContext)];

        var two = Table with { Rows = [.. Table.Rows.Where(row => row.Name is "x1.0" or "x2.0")] };
        PartComparison.Of(two, rows, "val", "all")
            .ShouldHaveSingleItem().Conclusion.ShouldBe(conclusion);
    }

    [Fact]
    public void figure_6_draws_our_lines_and_the_papers()
    {
        var svg = XElement.Parse(
            ContextFigure.Svg(Table, Result(Row("x1.0", 0.5, 0.6), Row("x2.0", 0.7)), "val").ShouldNotBeNull());

        var lines = svg.Descendants().Where(element => element.Name.LocalName == "polyline")
            .Select(element => ((string)element.Attribute("points")!).Split(' ').Length);
        lines.ShouldBe([2, 5, 5, 5]); // ours as far as measured, the paper's three whole
        var words = svg.Descendants().Where(element => element.Name.LocalName == "text")
            .Select(element => element.Value).ToArray();
        foreach (var word in (string[])["AP against context factor, val", "X1.0", "X4.0", "all", "paper, hard"])
        {
            words.ShouldContain(word);
        }

        ContextFigure.Svg(Table, Result(Row("x1.0", 0.5)), "elsewhere").ShouldBeNull();
        ContextFigure.Svg(Table, Result(Row("by-size", 0.5)), "val").ShouldBeNull("it has no place on the axis");
    }

    /// <summary>No AP is below 0, and no axis begins there.</summary>
    [Fact]
    public void the_axis_of_figure_6_begins_at_0_for_the_lowest_ap() => XElement
        .Parse(ContextFigure.Svg(Table, Result(Row("x1.0", 0.001), Row("x2.0", 0.2)), "val").ShouldNotBeNull())
        .Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value)
        .ShouldNotContain(text => text.StartsWith('-'));

    private static RowResult Row(string name, params double[] aps)
    {
        var row = Table.Rows.Single(row => row.Name == name);
        return RowResult.Of(row, null, [.. aps.Select((ap, i) => new SeedResult(
            (ulong)i + 1, RowState.Done,
            Figures: new() { Sets = [new("val", 10, [new("all", 20, ap, 0.5, 0.1)])] }))]);
    }

    private static AblationResult Result(params RowResult[] given)
    {
        RowResult[] rows =
            [.. Table.Rows.Select(row => given.FirstOrDefault(r => r.Name == row.Name) ?? Row(row.Name))];
        return new()
        {
            Table = "table3",
            Title = Table.Title,
            Preset = "test",
            Written = DateTimeOffset.UnixEpoch,
            CommandLine = "faceloupe-train ablate table3",
            Seeds = [1, 2],
            TrainedMinutes = 3,
            Rows = rows,
            Comparisons = [.. PartComparison.OfAll(Table, rows, new PairedBootstrap())],
        };
    }
}
