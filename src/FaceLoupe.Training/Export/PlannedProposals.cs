using FaceLoupe.Imaging;
using FaceLoupe.Models;
using FaceLoupe.Proposals;
using FaceLoupe.Training.Workspace;

namespace FaceLoupe.Training.Export;

/// <summary>
/// Stage 1 as the detector runs it: exported, with the scale plan, size bands, clipping, coarse-to-fine search and box
/// voting of the export. Stage 2 then trains on what it gets at inference, except for the lower score threshold.
/// </summary>
internal sealed class PlannedProposals : IProposalSource, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("faceloupe-mine-");
    private readonly ModelBundle bundle;
    private readonly ProposalModel model;

    /// <param name="training">The training whose stage 1 is run.</param>
    /// <param name="config">Its options; of mining, the minimum score and the number of proposals are used.</param>
    public PlannedProposals(TrainedRun training, TrainingConfig config)
    {
        FirstStageBundle.Write(folder.FullName, training, config, DateTimeOffset.UnixEpoch);
        bundle = ModelBundle.Open(
            folder.FullName, threads: config.Mine.Workers > 1 ? 1 : TorchSharp.torch.get_num_threads());
        model = new ProposalModel(bundle, DetectionOf(config));
    }

    /// <summary>The scales and thresholds of a mining.</summary>
    public static DetectionSection DetectionOf(TrainingConfig config) => config.Export.ToDetection() with
    {
        ProposalThreshold = config.Mine.MinScore,
        MaxProposals = config.Mine.ProposalsPerCanvas,
    };

    public IReadOnlyList<Proposal> Propose(
        Picture picture, string name, CancellationToken cancellationToken = default) =>
        model.Propose(picture, name, cancellationToken);

    public void Dispose()
    {
        bundle.Dispose();
        folder.Delete(recursive: true);
    }
}
