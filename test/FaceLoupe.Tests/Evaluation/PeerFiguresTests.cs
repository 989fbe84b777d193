using FaceLoupe.Datasets;
using FaceLoupe.Evaluation;
using FaceLoupe.Imaging;

namespace FaceLoupe.Tests.Evaluation;

public class PeerFiguresTests
{
    // Figures of yunet_n x1 in ../shared/eval/PEERS.md, measured by another implementation of this protocol.
    [Fact]
    public void A_known_detector_gets_its_known_figures_on_tiny_faces()
    {
        using var peer = new YuNetPeer(SharedFolder.PathOrSkip("peers/yunet_n_dynamic.onnx"));
        var folder = WiderFaceDataset.Open(SharedFolder.PathOrSkip("data/groups/val-tiny"));
        var result = new BoxEvaluator().Evaluate(folder.Pictures.Select(picture =>
            new EvaluatedPicture(picture.Name, picture.Faces, peer.Detect(PictureFile.Read(picture.Path)))));

        result.Bands.Select(band => band.Faces).ShouldBe([1258, 618, 568, 72]);
        Show(result);
        result.Bands.Select(band => band.AveragePrecision!.Value).ShouldBe([0.744, 0.568, 0.838, 0.777], 0.003);
        result["all"].ProposalRecall!.Value.ShouldBe(0.828, 0.003);
        result["tiny"].ProposalRecall!.Value.ShouldBe(0.748, 0.003);
    }

    private static void Show(BoxEvaluation result) => TestContext.Current.SendDiagnosticMessage(string.Join(
        "; ", result.Bands.Select(band => FormattableString.Invariant(
            $"{band.Band.Name} AP {band.AveragePrecision:0.0000} R600 {band.ProposalRecall:0.0000}"))));
}
