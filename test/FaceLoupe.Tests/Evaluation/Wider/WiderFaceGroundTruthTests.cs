using FaceLoupe.Evaluation.Matlab;
using FaceLoupe.Evaluation.Wider;
using FaceLoupe.Geometry;
using FaceLoupe.Tests.Evaluation.Matlab;
using static FaceLoupe.Tests.Evaluation.Matlab.MatlabWriter;

namespace FaceLoupe.Tests.Evaluation.Wider;

public sealed class WiderFaceGroundTruthTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("faceloupe-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Four_files_make_a_ground_truth()
    {
        SmallBenchmark.WriteTo(_folder);
        var truth = WiderFaceGroundTruth.Read(_folder);

        truth.Pictures.Select(picture => picture.Key)
            .ShouldBe([SmallBenchmark.First, SmallBenchmark.Second, SmallBenchmark.Empty]);
        truth.Pictures[0].Faces.ShouldBe([new Box(0, 0, 9, 9), new Box(50, 0, 9, 9)]);
        truth.Pictures[2].Faces.ShouldBeEmpty();
        Enum.GetValues<WiderFaceSetting>().Select(truth.CountOf).ShouldBe([1, 2, 3]);
        truth.Pictures[0].Kept[0].ShouldBe([true, false]);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        SmallBenchmark.WriteTo(_folder);
        File.Delete(Path.Combine(_folder, "wider_medium_val.mat"));
        Should.Throw<FaceLoupeException>(
            () => WiderFaceGroundTruth.Read(_folder)).Message.ShouldContain("holds no wider_medium_val.mat");
    }

    [Fact]
    public void A_face_that_is_not_there_is_refused()
    {
        var faces = MatlabFile.Parse(MatFile(
            false,
            Variable("event_list", Cells(Text("e"))),
            Variable("file_list", Cells(Cells(Text("a")))),
            Variable("face_bbx_list", Cells(Cells(Numbers(4, 0, 0, 9, 9))))), "face.mat");
        var setting = MatlabFile.Parse(
            MatFile(false, Variable("gt_list", Cells(Cells(Numbers(1, 2))))), "easy.mat");

        Should.Throw<FaceLoupeException>(() => WiderFaceGroundTruth.Of(faces, [setting])).Message
            .ShouldStartWith("easy.mat: not ground truth as WIDER FACE publishes it: holds the face 2 of 1;");
    }
}
