using FaceLoupe.Anonymising;
using FaceLoupe.Cli.Inputs;
using FaceLoupe.Cli.Reviewing;
using FaceLoupe.Cli.Terminal;
using FaceLoupe.Models;

namespace FaceLoupe.Cli.Blurring;

/// <summary>One call of <c>faceloupe blur</c>.</summary>
/// <param name="options">The options.</param>
/// <param name="bars">Progress bars, and lines above them.</param>
internal sealed class BlurRun(BlurOptions options, ProgressBars bars)
{
    private readonly BlurMessages _messages = new(options, bars);

    /// <summary>Processes every input that can be processed.</summary>
    /// <returns>The exit code.</returns>
    public int Run(CancellationToken cancellation)
    {
        using var shard = BlurShard.Of(options);
        var found = shard?.Files ?? BlurInputs.Of(
            options.Inputs,
            options.Recursive,
            options.Out,
            options.List is null ? null : ListFile.Read(options.List, options.StandardInput));
        var (inputs, targets) = found.With(_messages.Targets.Of(found.Files, found.OneFileNamed));
        options.RefuseReportsOver(inputs, targets);
        _messages.Notes(inputs);
        if (inputs.Files.Count == 0 && shard is null)
        {
            return ExitCode.NothingDone;
        }

        var settings = options.Certificate is { } file
            ? options.Anonymising with { Certificate = MaskCertificateFile.Read(file) }
            : options.Anonymising;
        var corrections = options.Apply is null ? null : Corrections.Read(options.Apply);
        corrections = corrections?.Among(inputs.Files.Select(input => input.Path));
        using var bundle = options.Model.Open(note => bars.Note(note));
        using var anonymiser = new Anonymiser(bundle, settings);
        var threshold = anonymiser.Threshold!;
        using var low = options.Review is null ? null : new Anonymiser(bundle, settings with
        {
            MinScore = threshold.Threshold * Reviewer.NearShare, TargetRecall = null, Certificate = null,
        });
        using var page = options.Review is null ? null : ReviewPage.Create(options.Review);
        var reviewer = page is null ? null : new Reviewer(low!, page);
        var header = Header(bundle.Manifest, threshold);
        var earlier = shard is not null ? shard.Begin(bundle.Manifest, header)
            : options.Resume ? BlurResume.Of(options.Audit, header, inputs.Files) : null;
        foreach (var fault in inputs.Faults)
        {
            shard?.Write(fault);
        }

        _messages.Describe(threshold, bundle.Manifest);
        using var audit = options.Audit is null ? null : AuditFile.Create(options.Audit, header, earlier?.Lines);
        var loop = new BlurLoop(options, anonymiser, _messages, bars)
        {
            Verifier = options.Verify ? new MaskVerifier(bundle, settings) : null,
            Corrections = corrections,
            Reviewer = reviewer,
            Earlier = earlier,
            Audit = audit,
            Shard = shard,
        };
        var done = 0;
        try
        {
            bars.During(
                "Hiding faces", inputs.Files.Count, () => done = loop.Run(inputs.Files, targets, cancellation));
            audit?.Finish();
            shard?.Finish();
            if (reviewer?.Finish(inputs.Files, _messages.Faults) == false)
            {
                bars.Note($"--review {options.Review}: there is no image to show, so no page was written.");
            }
        }
        catch (IOException fault) when (options.Audit is not null)
        {
            // Images and videos have their own messages; this one is for the audit, on a full disk.
            throw AuditFile.Unwritable(options.Audit, fault);
        }

        return cancellation.IsCancellationRequested ? ExitCode.Stopped
            : done == 0 && shard is null ? ExitCode.NothingDone
            : _messages.AnyFailed ? ExitCode.SomeFailed
            : ExitCode.Fine;
    }

    private AuditHeader Header(ModelManifest model, ThresholdChoice threshold) => new(
        $"FaceLoupe {typeof(BlurRun).Assembly.GetName().Version?.ToString(3)}",
        $"{model.Name} {model.Version}",
        [model.Proposals.Sha256, model.Generator.Sha256, model.Discriminator.Sha256],
        threshold,
        options.Anonymising.Mask,
        options.Carry,
        DateTimeOffset.UtcNow,
        options.Anonymising.MinFace,
        options.DetectEvery)
    {
        Verify = options.Verify,
        AllowDamaged = options.AllowDamaged,
        CorrectionsSha256 = options.Apply is null ? null : Corrections.HashOf(options.Apply),
    };
}
