using System.Globalization;
using FaceLoupe.Evaluation.Matlab;
using FaceLoupe.Evaluation.Wider;
using FaceLoupe.Tests.Evaluation.Matlab;
using static FaceLoupe.Tests.Evaluation.Matlab.MatlabWriter;

namespace FaceLoupe.Tests.Evaluation.Wider;

public class PublishedCurveTests
{
    [Fact]
    public void Rows_of_precision_and_recall_make_a_curve()
    {
        var file = MatlabFile.Parse(
            MatFile(true, Variable("legend_name", Text("FAN")),
                Variable("pr_cruve", Numbers(2, double.NaN, 0, 1, 0.5, 0.5, 1))), "f.mat");
        var curve = PublishedCurve.Of(file, WiderFaceSetting.Hard);
        curve.Method.ShouldBe("FAN");
        curve.Curve.AveragePrecision.ShouldBe(0.75);
    }

    [Theory]
    [InlineData(1.2, 0.5)]
    [InlineData(0.9, -0.1)]
    [InlineData(0.9, 0.3)] // recall falls
    public void Impossible_rows_are_refused(double precision, double recall) =>
        Should.Throw<FaceLoupeException>(() => PublishedCurve.Of(
            MatlabFile.Parse(MatFile(true, Variable("pr_cruve", Numbers(2, 1, 0.4, precision, recall))), "f.mat"),
            WiderFaceSetting.Hard)).Message.ShouldStartWith("f.mat: row 2 of 'pr_cruve' is ");

    [Fact]
    public void The_published_methods_get_their_published_AP()
    {
        var curves = PublishedCurve.ReadFolder(SharedFolder.PathOrSkip("eval/curves"));
        string[] Aps(string method) =>
            [.. Enum.GetValues<WiderFaceSetting>()
                .Select(setting => curves.Single(curve => curve.Method == method && curve.Setting == setting).Curve)
                .Select(curve => curve.AveragePrecision.ToString("0.000", CultureInfo.InvariantCulture))];

        curves.Count.ShouldBe(15);
        Aps("PyramidBox").ShouldBe(["0.961", "0.950", "0.889"]);
        Aps("DSFD").ShouldBe(["0.966", "0.957", "0.905"]);
        Aps("FAN").ShouldBe(["0.952", "0.940", "0.901"]);
        Aps("MSCNN").ShouldBe(["0.917", "0.904", "0.803"]);
        Aps("ScaleFace").ShouldBe(["0.868", "0.867", "0.773"]);
    }

    [Fact]
    public void A_folder_without_curves_is_refused()
    {
        var folder = Directory.CreateTempSubdirectory("faceloupe-");
        try
        {
            Should.Throw<FaceLoupeException>(
                () => PublishedCurve.ReadFolder(folder.FullName)).Message.ShouldContain("no published curves here");
        }
        finally
        {
            folder.Delete();
        }
    }
}
