using FaceLoupe.Imaging;
using FaceLoupe.Proposals;
using FaceLoupe.Refinement;

namespace FaceLoupe;

/// <content>Landmarks of faces that the second stage was not asked about.</content>
public sealed partial class FaceLoupeDetector
{
    // Where the first stage was confident enough, or the second one has no say in scores, that still has to look for
    // points.
    private void AddLandmarks(
        Picture picture, Face[] faces, StageClock clock, CancellationToken cancellationToken)
    {
        var without = Enumerable.Range(0, faces.Length).Where(i => faces[i].Landmarks is null)
            .ToLookup(i => _secondStage.IsNative(faces[i].Proposal.Box));
        using var patches = _secondStage.Buffers(_options.BatchSize);
        foreach (var kind in without)
        {
            foreach (var batch in kind.Chunk(_options.BatchSize))
            {
                cancellationToken.ThrowIfCancellationRequested();
                Proposal[] proposals = [.. batch.Select(i => faces[i].Proposal)];
                var answers = Judge(picture, proposals, patches, clock);
                for (var i = 0; i < batch.Length; i++)
                {
                    faces[batch[i]] = faces[batch[i]] with
                    {
                        Landmarks = answers[i].Landmarks?.Within(proposals[i].Box),
                    };
                }
            }
        }
    }
}
