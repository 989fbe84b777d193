using FaceLoupe.Imaging;
using FaceLoupe.Proposals;

namespace FaceLoupe;

/// <content>Landmarks of faces that skipped the second stage.</content>
public sealed partial class FaceLoupeDetector
{
    // The second stage still has to find the points where the first was confident enough, or where the second has no
    // weight.
    private void AddLandmarks(
        Picture picture, Face[] faces, StageClock clock, CancellationToken cancellationToken)
    {
        var without = Enumerable.Range(0, faces.Length).Where(i => faces[i].Landmarks is null);
        using var patches = _secondStage.Buffers(_options.BatchSize);
        foreach (var batch in Batches(without, i => faces[i].Proposal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Proposal[] proposals = Array.ConvertAll(batch, i => faces[i].Proposal);
            foreach (var (i, output) in batch.Zip(Classify(picture, proposals, patches, clock)))
            {
                faces[i] = faces[i] with { Landmarks = output.Landmarks?.Within(faces[i].Proposal.Box) };
            }
        }
    }
}
