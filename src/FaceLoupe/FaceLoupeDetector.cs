using FaceLoupe.Crops;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Models;
using FaceLoupe.Proposals;
using FaceLoupe.Refinement;

namespace FaceLoupe;

/// <summary>
/// Finds faces, tiny ones above all: the paper's pipeline of Figures 2 and 3 at work. Safe to call from many threads
/// at once; costly to make, cheap to keep.
/// </summary>
public sealed partial class FaceLoupeDetector : IDisposable
{
    private readonly ModelBundle? _owned;
    private readonly DetectorOptions _options;
    private readonly DetectionSection _detection;
    private readonly IProposalSource _proposer;
    private readonly ContextCropper _cropper;
    private readonly GeneratorModel _generator;
    private readonly DiscriminatorModel _discriminator;
    private readonly int _threads;
    private bool _disposed;

    /// <summary>Makes a detector of a model that is in memory already.</summary>
    /// <param name="bundle">The model; must outlive the detector, which does not dispose it.</param>
    /// <param name="options">Options; null: the defaults.</param>
    /// <param name="proposals">Where proposals come from; null (the default): the model's own first stage.</param>
    /// <exception cref="FaceLoupeException">The options are impossible.</exception>
    public FaceLoupeDetector(ModelBundle bundle, DetectorOptions? options = null, IProposalSource? proposals = null)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        Model = bundle.Manifest;
        DeviceNote = bundle.DeviceNote;
        ModelNote = bundle.ModelNote;
        ModelReason = bundle.Reason;
        _options = options ?? new DetectorOptions();
        _options.Validate(bundle.Manifest);
        var detection = _options.Detection ?? bundle.Manifest.Detection;
        _detection = _options.Everywhere ? detection.Everywhere() : detection;
        _threads = bundle.Threads;
        var ownProposals = proposals is null ? new ProposalModel(bundle, _detection, _options.MinFace) : null;
        _proposer = proposals ?? ownProposals!;
        Detection = ownProposals is null ? _detection : _detection with { Scales = ownProposals.Steps };
        _cropper = new ContextCropper(bundle.Manifest.Context);
        _generator = new GeneratorModel(bundle);
        _discriminator = new DiscriminatorModel(bundle);
    }

    private FaceLoupeDetector(ModelBundle bundle, DetectorOptions options)
        : this(bundle, options, null) => _owned = bundle;

    /// <summary>What the model says of itself.</summary>
    public ModelManifest Model { get; }

    /// <summary>
    /// Scales, thresholds and fusion in force: the model's own, unless <see cref="DetectorOptions.Detection"/>,
    /// <see cref="DetectorOptions.Everywhere"/> or <see cref="DetectorOptions.MinFace"/> changed them. The lowest score
    /// of a reported face is <see cref="MinScore"/>.
    /// </summary>
    public DetectionSection Detection { get; }

    /// <summary>One line on why the networks do not run on the device asked for; null: they do.</summary>
    public string? DeviceNote { get; }

    /// <summary>One line on why another model runs than the one wanted, see <see cref="ModelBundle.ModelNote"/>; null:
    /// it does.</summary>
    public string? ModelNote { get; }

    /// <summary>Why it is this model that runs, in a few words: asked for, or the default for this processor.</summary>
    public string ModelReason { get; }

    /// <summary>Lowest score of a reported face, from 0 to 1.</summary>
    public float MinScore => _options.MinScore ?? _detection.Threshold;

    /// <summary>Loads a model and makes a detector of it.</summary>
    /// <param name="modelFolder">
    /// Folder of the model, or the name of one that comes with FaceLoupe; null (the default): the default model.
    /// </param>
    /// <param name="options">Options; null: the defaults.</param>
    /// <exception cref="FaceLoupeException">
    /// The model is missing, altered or unsound, the options are impossible, or a device that is required is not there.
    /// </exception>
    public static FaceLoupeDetector Load(string? modelFolder = null, DetectorOptions? options = null)
    {
        options ??= new DetectorOptions();
        options.Validate();
        var bundle = ModelBundle.Open(modelFolder, options.Threads, options.Device);
        try
        {
            if (options.DeviceRequired && bundle.DeviceNote is { } note)
            {
                throw new FaceLoupeException(note);
            }

            return new FaceLoupeDetector(bundle, options);
        }
        catch
        {
            bundle.Dispose();
            throw;
        }
    }

    /// <summary>Finds the faces of a picture file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Stops between two runs of a network.</param>
    /// <exception cref="UnreadablePictureException">The file cannot be read as a picture.</exception>
    public Detections Detect(string path, CancellationToken cancellationToken = default)
    {
        var clock = new StageClock();
        var picture = PictureFile.Read(path);
        clock.EndOf(Stage.Decode);
        return Detect(picture, path, clock, null, cancellationToken);
    }

    /// <summary>Finds the faces of a picture.</summary>
    /// <param name="picture">The picture, upright.</param>
    /// <param name="name">Its path or name; only recorded proposals need it.</param>
    /// <param name="cancellationToken">Stops between two runs of a network.</param>
    public Detections Detect(Picture picture, string name = "", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return Detect(picture, name, new StageClock(), null, cancellationToken);
    }

    /// <summary>Finds the faces of a picture and tells what it knows on the way.</summary>
    /// <param name="picture">The picture, upright.</param>
    /// <param name="progress">
    /// Told on the calling thread, after the first stage and after every batch of the second; detection waits for it.
    /// </param>
    /// <param name="cancellationToken">Stops between two runs of a network.</param>
    public Detections Detect(
        Picture picture, IProgress<DetectionProgress> progress, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(progress);
        return Detect(picture, string.Empty, new StageClock(), progress, cancellationToken);
    }

    /// <summary>Gives back the model, where the detector loaded it; afterwards it finds no more.</summary>
    public void Dispose()
    {
        _disposed = true;
        _owned?.Dispose();
    }

    // Figures 2 and 3 of the paper, from left to right.
    private Detections Detect(
        Picture picture,
        string name,
        StageClock clock,
        IProgress<DetectionProgress>? progress,
        CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        var proposals = Shortlist(_proposer.Propose(picture, name, cancellationToken), picture);
        clock.EndOf(Stage.Proposals);
        progress?.Report(new DetectionProgress(proposals, [], 0));

        var candidates = _options.Stages == DetectionStages.ProposalsOnly
            ? proposals.ConvertAll(proposal => new Face(proposal.Box, proposal.Logit, proposal, null))
            : Refine(picture, proposals, clock, progress, cancellationToken);

        var faces = Suppress(candidates);
        clock.EndOf(Stage.Fusion);
        return new Detections(picture.Width, picture.Height, faces, proposals, clock.Times())
        {
            Damage = picture.Damage,
        };
    }

    private List<Face> Refine(
        Picture picture,
        List<Proposal> proposals,
        StageClock clock,
        IProgress<DetectionProgress>? progress,
        CancellationToken cancellationToken)
    {
        var candidates = proposals.FindAll(IsConfident).ConvertAll(ConcludeConfident);
        if (candidates.Count > 0)
        {
            progress?.Report(new DetectionProgress(proposals, [.. candidates], candidates.Count));
        }

        using var patches = new PatchBuffers(_options.BatchSize, _generator.LowResolution, _generator.HighResolution);
        foreach (var (batch, sharp) in Batches(proposals.FindAll(proposal => !IsConfident(proposal))))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var high = patches.High(batch.Length);
            if (sharp)
            {
                _cropper.Crop(picture, batch, _generator.HighResolution, high, _threads);
                clock.EndOf(Stage.Crops);
            }
            else
            {
                var low = patches.Low(batch.Length);
                _cropper.Crop(picture, batch, _generator.LowResolution, low, _threads);
                clock.EndOf(Stage.Crops);
                _generator.SuperResolve(low, batch.Length, high.Span);
                clock.EndOf(Stage.Generator);
            }

            var verdicts = _discriminator.Judge(high, batch.Length);
            clock.EndOf(Stage.Discriminator);
            var pairs = batch.Zip(verdicts);
            Face[] judged = [.. pairs.Select(pair => Conclude(picture, pair.First, pair.Second, Fusion(sharp)))];
            candidates.AddRange(judged);
            progress?.Report(new DetectionProgress(proposals, judged, candidates.Count));
        }

        return candidates;
    }

    // A source of any kind: out of order, too many, or reaching outside the picture.
    private List<Proposal> Shortlist(IReadOnlyList<Proposal> proposals, Picture picture) =>
    [
        .. proposals
            .Select(proposal => proposal with { Box = proposal.Box.Clip(picture.Width, picture.Height) })
            .Where(proposal => proposal.Box.IsValid && proposal.Score >= _detection.ProposalThreshold)
            .OrderByDescending(proposal => proposal.Logit)
            .Take(_detection.MaxProposals),
    ];

    // Crops that need the generator and crops that are sharp already go in batches of their own.
    private IEnumerable<(Proposal[] Batch, bool Sharp)> Batches(List<Proposal> proposals) =>
        from kind in proposals.ToLookup(proposal => _cropper.IsSharp(proposal.Box))
        from batch in kind.Chunk(_options.BatchSize)
        select (batch, kind.Key);

    // A stage without weight is not run.
    private bool IsConfident(Proposal proposal) => !ScoreFusion.InStage2Band(_detection.Doubt, proposal.Logit)
        || Fusion(_cropper.IsSharp(proposal.Box)) is { Stage2Weight: 0, ShiftWeight: 0 };

    private Face ConcludeConfident(Proposal proposal) => new(
        proposal.Box,
        ScoreFusion.FuseConfident(Fusion(_cropper.IsSharp(proposal.Box)), _detection.Doubt ?? new DoubtSection(), proposal.Logit),
        proposal,
        null);

    private FusionSection Fusion(bool sharp) =>
        sharp ? _detection.Fusion.Native ?? _detection.Fusion : _detection.Fusion;

    private static Face Conclude(Picture picture, Proposal proposal, Verdict verdict, FusionSection fusion) => new(
        verdict.Shift.Part(fusion.ShiftWeight).Decode(proposal.Box).Clip(picture.Width, picture.Height),
        ScoreFusion.Fuse(fusion, proposal.Logit, verdict.FaceLogit),
        proposal,
        verdict.FaceLogit);

    private Face[] Suppress(List<Face> candidates)
    {
        var sure = candidates.FindAll(face => face.Box.IsValid && face.Score >= MinScore);
        var boxes = sure.ConvertAll(face => face.Box).ToArray();
        var logits = sure.ConvertAll(face => face.Logit).ToArray();
        return Array.ConvertAll(NonMaxSuppression.Keep(boxes, logits, _detection.FinalNms), index => sure[index]);
    }
}
