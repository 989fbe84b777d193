using FaceLoupe.Anonymising;
using FaceLoupe.Cli.Inputs;
using FaceLoupe.Cli.Reviewing;
using FaceLoupe.Cli.Terminal;
using FaceLoupe.Models;
using FaceLoupe.Predictions;
using static FaceLoupe.Programs.Numbers;

namespace FaceLoupe.Cli.Blurring;

/// <summary>The lines of <c>faceloupe blur</c> for people, and the counts in them.</summary>
/// <param name="options">The options.</param>
/// <param name="bars">Where lines go.</param>
internal sealed class BlurMessages(BlurOptions options, ProgressBars bars)
{
    private int _left;
    private int _passedOver;

    /// <summary>Where the copies go.</summary>
    public CopyTargets Targets { get; } = new("--out", options.Out)
    {
        Original = "original",
        Instead = "give another place, or --overwrite to replace the original",
        Overwrite = options.Overwrite,
    };

    /// <summary>Inputs that failed.</summary>
    public List<InputFault> Faults { get; } = [];

    /// <summary>Whether an input failed, or an original was not replaced.</summary>
    public bool AnyFailed => Faults.Count + _left > 0;

    /// <summary>What was skipped, and what cannot be used.</summary>
    public void Notes(BlurInputs inputs)
    {
        _passedOver = inputs.Notes.Count;
        foreach (var note in inputs.Notes)
        {
            bars.Note(note);
        }

        foreach (var fault in inputs.Faults)
        {
            Fault(fault);
        }
    }

    /// <summary>An input failed.</summary>
    public void Fault(InputFault fault)
    {
        Faults.Add(fault);
        bars.Note(fault.Message);
    }

    /// <summary>The threshold and its reason, and what weakens the masks.</summary>
    public void Describe(ThresholdChoice threshold, ModelManifest model)
    {
        Say(threshold.Describe());
        if (threshold.WeakerThanDefault(model) is { } weaker)
        {
            Say(weaker);
        }

        var mask = options.Anonymising.Mask;
        if (threshold is { ByMasks: true, Certificate: null } && mask.Scale < new MaskOptions().Scale)
        {
            Say(FormattableString.Invariant(
                $"measured with masks of {new MaskOptions().Scale} times the face's box; masks of {mask.Scale} ")
                + "hide fewer faces");
        }

        if (mask.Warning is { } warning)
        {
            Say($"--mask {mask.Kind.ToString().ToLowerInvariant()}: {warning}");
        }
    }

    /// <summary>A file is finished.</summary>
    public void Finished(
        NamedInput file, string target, BlurTally tally, string? originalLeft, TimeSpan elapsed)
    {
        var frames = file.IsVideo
            ? $" in {Count(tally.Frames, "frame")}, "
                + FormattableString.Invariant($"{tally.Carried} of them carried over gaps")
            : string.Empty;
        var verified = tally.Verified is { } again
            ? $", {again.MaskedAgain} of them after searching it again" : string.Empty;
        var cut = tally.Cut > 0
            ? $", {Count(tally.Cut, "box", "boxes")} of --apply cut at the edges of the image" : string.Empty;
        var recoded = tally.Recoded is { } reason ? $", re-encoded as a whole since {reason}" : string.Empty;
        Say($"{file.Path} -> {target}: {Count(tally.Regions, "region")} masked{frames}{verified}{cut}{recoded}, "
            + FormattableString.Invariant($"{elapsed.TotalSeconds:0.00} s"));
        if (options.Review is not null && file.IsVideo)
        {
            bars.Note($"{file.Path}: {Reviewer.VideoNotShown}");
        }

        OriginalLeft(file, target, originalLeft);
    }

    /// <summary>
    /// Reports an original that lies in the folder of copies and was not replaced, even with --quiet: whoever relies
    /// on the folder must know of a face in it.
    /// </summary>
    /// <param name="file">The input.</param>
    /// <param name="target">Its copy.</param>
    /// <param name="original">See <see cref="CopyTargets.OriginalLeft"/>.</param>
    public void OriginalLeft(NamedInput file, string target, string? original)
    {
        if (original is not null)
        {
            _left++;
            bars.Note(CopyTargets.IsReplaced(file, target)
                ? $"{file.Path}: was a link to {original}, which still shows its faces; only the link was replaced by "
                    + "the masked copy. Delete what it led to, or mask it there."
                : $"{file.Path}: was not replaced and still shows its faces: its masked copy has another name, "
                    + $"{target}; delete the original, or give another folder as --out.");
        }
    }

    /// <summary>The run has ended.</summary>
    /// <param name="before">Files that an earlier run finished.</param>
    /// <param name="done">Files that this run finished.</param>
    /// <param name="regions">Regions masked in them.</param>
    /// <param name="elapsed">The time for them.</param>
    public void Summary(int before, int done, long regions, TimeSpan elapsed)
    {
        if (before > 0)
        {
            Say($"{Count(before, "file")} finished by an earlier run, left as they are");
        }

        if (done + Faults.Count + _passedOver > 1)
        {
            Say($"{Count(regions, "region")} masked in {Count(done, "file")}, "
                + FormattableString.Invariant($"{elapsed.TotalSeconds:0.0} s; {Count(Faults.Count, "input")} failed")
                + (_passedOver == 0 ? string.Empty : FormattableString.Invariant($"; {_passedOver} skipped"))
                + (_left == 0 ? string.Empty : $"; {Count(_left, "original")} not replaced, with visible faces"));
        }
    }

    private void Say(string line)
    {
        if (!options.Quiet)
        {
            bars.WriteLine(line);
        }
    }
}
