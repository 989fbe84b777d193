using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Models;
using FaceLoupe.Proposals;
using FaceLoupe.Refinement;
using FaceLoupe.Scoring;

namespace FaceLoupe;

/// <summary>
/// Finds faces, especially tiny ones: the paper's pipeline of Figures 2 and 3. Thread-safe; costly to create, cheap to
/// keep.
/// </summary>
public sealed partial class FaceLoupeDetector : IDisposable
{
    private readonly ModelBundle? _owned;
    private readonly DetectorOptions _options;
    private readonly DetectionSection _detection;
    private readonly IProposalSource _proposer;
    private readonly SecondStage _secondStage;
    private readonly int _threads;
    private bool _disposed;

    /// <summary>Creates a detector for a loaded model.</summary>
    /// <param name="bundle">The model; must outlive the detector, which does not dispose it.</param>
    /// <param name="options">Options; null: the defaults.</param>
    /// <param name="proposals">The source of proposals; null (the default): the model's first stage.</param>
    /// <exception cref="FaceLoupeException">The options are invalid.</exception>
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
        _detection = _options.FullSearch ? detection.WithoutFocus() : detection;
        _threads = bundle.Threads;
        var ownProposals = proposals is null ? new ProposalModel(bundle, _detection, _options.MinFace) : null;
        _proposer = proposals ?? ownProposals!;
        Detection = ownProposals is null ? _detection : _detection with { Scales = ownProposals.Steps };
        _secondStage = new SecondStage(bundle);
    }

    private FaceLoupeDetector(ModelBundle bundle, DetectorOptions options)
        : this(bundle, options, null) => _owned = bundle;

    /// <summary>The manifest of the model.</summary>
    public ModelManifest Model { get; }

    /// <summary>
    /// Scales, thresholds and fusion in use: the model's own, unless <see cref="DetectorOptions.Detection"/>,
    /// <see cref="DetectorOptions.FullSearch"/> or <see cref="DetectorOptions.MinFace"/> changed them. The lowest score
    /// of a reported face is <see cref="MinScore"/>.
    /// </summary>
    public DetectionSection Detection { get; }

    /// <summary>Why the networks do not run on the requested device, in one line; null: they do.</summary>
    public string? DeviceNote { get; }

    /// <summary>
    /// Why another model than the requested one runs, in one line, see <see cref="ModelBundle.ModelNote"/>; null: it
    /// does.
    /// </summary>
    public string? ModelNote { get; }

    /// <summary>Why this model runs, in a few words: requested, or the default for this processor.</summary>
    public string ModelReason { get; }

    /// <summary>Lowest score of a reported face, from 0 to 1.</summary>
    public float MinScore => _options.MinScore ?? _detection.Threshold;

    /// <summary>Loads a model and creates a detector for it.</summary>
    /// <param name="modelFolder">
    /// Folder of the model, or the name of one that comes with FaceLoupe; null (the default): the default model.
    /// </param>
    /// <param name="options">Options; null: the defaults.</param>
    /// <exception cref="FaceLoupeException">
    /// The model is missing, altered or invalid, the options are invalid, or a required device is not available.
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

    /// <summary>Finds the faces of an image file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Stops between two runs of a network.</param>
    /// <exception cref="UnreadablePictureException">The file cannot be read as an image.</exception>
    public Detections Detect(string path, CancellationToken cancellationToken = default)
    {
        var clock = new StageClock();
        var picture = PictureFile.Read(path);
        clock.EndOf(Stage.Decode);
        return Detect(picture, path, clock, null, cancellationToken);
    }

    /// <summary>Finds the faces of an image.</summary>
    /// <param name="picture">The image, upright.</param>
    /// <param name="name">Its path or name; only recorded proposals need it.</param>
    /// <param name="cancellationToken">Stops between two runs of a network.</param>
    public Detections Detect(Picture picture, string name = "", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return Detect(picture, name, new StageClock(), null, cancellationToken);
    }

    /// <summary>Finds the faces of an image and reports progress.</summary>
    /// <param name="picture">The image, upright.</param>
    /// <param name="progress">
    /// Reported on the calling thread, after the first stage and after every batch of the second; detection waits for
    /// it.
    /// </param>
    /// <param name="cancellationToken">Stops between two runs of a network.</param>
    public Detections Detect(
        Picture picture, IProgress<DetectionProgress> progress, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(progress);
        return Detect(picture, string.Empty, new StageClock(), progress, cancellationToken);
    }

    /// <summary>
    /// Finds the faces of an image and reports progress from the first tile of the first stage on.
    /// </summary>
    /// <param name="picture">The image, upright.</param>
    /// <param name="early">
    /// Reported on the calling thread after every tile of the model's own first stage; detection waits for it.
    /// </param>
    /// <param name="progress">Reported as without <paramref name="early"/>, and after it.</param>
    /// <param name="cancellationToken">Stops between two runs of a network.</param>
    public Detections Detect(
        Picture picture,
        IProgress<FirstStageProgress> early,
        IProgress<DetectionProgress> progress,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(early);
        ArgumentNullException.ThrowIfNull(progress);
        return Detect(picture, string.Empty, new StageClock(), progress, cancellationToken, early);
    }

    /// <summary>Disposes of the model, if the detector loaded it; the detector cannot be used afterwards.</summary>
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
        CancellationToken cancellationToken,
        IProgress<FirstStageProgress>? early = null)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        var proposed = early is not null && _proposer is ProposalModel model
            ? model.Search(picture, Early(early), cancellationToken)
            : _proposer.Propose(picture, name, cancellationToken);
        var proposals = Shortlist(proposed, picture);
        clock.EndOf(Stage.Proposals);
        progress?.Report(new DetectionProgress(proposals, [], 0));

        var candidates = _options.Stages == DetectionStages.ProposalsOnly
            ? proposals.ConvertAll(proposal => new Face(proposal.Box, proposal.Logit, proposal, null))
            : Refine(picture, proposals, clock, progress, cancellationToken);

        var faces = Suppress(candidates);
        clock.EndOf(Stage.Fusion);
        if (_options.Landmarks)
        {
            AddLandmarks(picture, faces, clock, cancellationToken);
        }

        return new Detections(picture.Width, picture.Height, faces, proposals, clock.Times())
        {
            Damage = picture.Damage,
        };
    }

    // Confident: what the second stage would skip or, without a score band, what reaches the threshold.
    private EarlyProposals Early(IProgress<FirstStageProgress> early) => new(
        Logistic.Logit(_detection.Stage2Band is { High: < 1 } band ? band.High : _detection.Threshold),
        _detection.FinalNms,
        (confident, part) => early.Report(new FirstStageProgress(confident, part)));

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

        using var patches = _secondStage.Buffers(_options.BatchSize);
        foreach (var batch in Batches(proposals.Where(proposal => !IsConfident(proposal)), proposal => proposal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var pairs = batch.Zip(Classify(picture, batch, patches, clock));
            Face[] scored = [.. pairs.Select(pair => Conclude(picture, pair.First, pair.Second))];
            candidates.AddRange(scored);
            progress?.Report(new DetectionProgress(proposals, scored, candidates.Count));
        }

        return candidates;
    }

    private DiscriminatorOutput[] Classify(Picture picture, Proposal[] batch, PatchBuffers patches, StageClock clock) =>
        _secondStage.Classify(picture, batch, patches, _threads, step => clock.EndOf(Stage.Crops + (int)step));

    // Custom sources may return proposals out of order, too many of them, or outside the image.
    private List<Proposal> Shortlist(IReadOnlyList<Proposal> proposals, Picture picture) =>
    [
        .. proposals
            .Select(proposal => proposal with { Box = proposal.Box.Clip(picture.Width, picture.Height) })
            .Where(proposal => proposal.Box.IsValid && proposal.Score >= _detection.ProposalThreshold)
            .OrderByDescending(proposal => proposal.Logit)
            .Take(_detection.MaxProposals),
    ];

    // Windows that need the generator and native ones go in batches of their own.
    private IEnumerable<T[]> Batches<T>(IEnumerable<T> items, Func<T, Proposal> proposal) =>
        items.ToLookup(item => _secondStage.IsNative(proposal(item).Box))
            .SelectMany(kind => kind.Chunk(_options.BatchSize));

    // A stage without weight is not run.
    private bool IsConfident(Proposal proposal) => !ScoreFusion.InStage2Band(_detection.Stage2Band, proposal.Logit)
        || Fusion(proposal) is { Stage2Weight: 0, DeltaWeight: 0, LandmarkWeight: 0 };

    private Face ConcludeConfident(Proposal proposal) => new(
        proposal.Box,
        ScoreFusion.FuseConfident(Fusion(proposal), _detection.Stage2Band ?? new Stage2BandSection(), proposal.Logit),
        proposal,
        null);

    private FusionSection Fusion(Proposal proposal) =>
        (_secondStage.IsNative(proposal.Box) ? _detection.Fusion.Native : null) ?? _detection.Fusion;

    private Face Conclude(Picture picture, Proposal proposal, DiscriminatorOutput output)
    {
        var fusion = Fusion(proposal);
        return new Face(
            output.Delta.Part(fusion.DeltaWeight).Decode(proposal.Box).Clip(picture.Width, picture.Height),
            ScoreFusion.Fuse(fusion, proposal, output),
            proposal,
            output.FaceLogit)
        {
            Landmarks = _options.Landmarks ? output.Landmarks?.Within(proposal.Box) : null,
        };
    }

    private Face[] Suppress(List<Face> candidates)
    {
        var reported = candidates.FindAll(face => face.Box.IsValid && face.Score >= MinScore);
        var boxes = reported.ConvertAll(face => face.Box).ToArray();
        var logits = reported.ConvertAll(face => face.Logit).ToArray();
        return Array.ConvertAll(NonMaxSuppression.Keep(boxes, logits, _detection.FinalNms), index => reported[index]);
    }
}
