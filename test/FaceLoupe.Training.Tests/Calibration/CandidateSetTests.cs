using FaceLoupe.Models;
using FaceLoupe.Training.Calibration;

namespace FaceLoupe.Training.Tests.Calibration;

public sealed class CandidateSetTests
{
    [Fact]
    public void candidates_are_fused_and_moved_by_the_weights_of_their_kind()
    {
        var set = CandidateSet.Of("some", [Scenes.Picture(
            2, Scenes.At(0, 1, 2, native: false, tx: 10), Scenes.At(1, 1, 2, native: true, tx: 10))]);
        var fusion = new FusionSection
        {
            Stage1Weight = 1, Stage2Weight = 1, DeltaWeight = 0.5f,
            Native = new FusionSection { Stage1Weight = 10, Stage2Weight = 1, Bias = 1, DeltaWeight = 0 },
        };

        var found = set.Fuse(fusion, 0.5f).Single().Predictions.OrderBy(box => box.Score).ToArray();

        found[0].Score.ShouldBe(3);
        found[0].Box.X.ShouldBe(5, 1e-4f); // half of the whole delta, which is one width
        found[1].Score.ShouldBe(13);
        found[1].Box.ShouldBe(Scenes.Face(1));
    }

    [Fact]
    public void stage_1_alone_keeps_its_boxes_and_scores_and_nms_applies()
    {
        var set = CandidateSet.Of("some", [Scenes.Picture(1, Scenes.At(0, 1, 9, tx: 5), Scenes.At(0, 3, -9, tx: 5))]);

        var found = set.Fuse(null, 0.5f).Single().Predictions.ShouldHaveSingleItem();

        found.Score.ShouldBe(3);
        found.Box.ShouldBe(Scenes.Face(0));
    }

    [Fact]
    public void candidates_are_written_with_their_overlap()
    {
        var set = CandidateSet.Of(
            "some", [Scenes.Picture(1, Scenes.At(0, 1, 2, native: true), Scenes.At(1, -3.5f, 4))]);
        using var text = new StringWriter();

        set.Write(text);

        var rows = text.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries)
            .Select(row => row.Split(',')).ToArray();
        rows.ShouldAllBe(row => row.Length == CandidateSet.Columns.Split(',', StringSplitOptions.None).Length);
        rows.Select(row => row[6..9]).ShouldBe([["1", "2", "1"], ["-3.5", "4", "0"]]);
        rows.Select(row => row[^1]).ShouldBe(["1", "0"]);
    }
}
