using FaceLoupe.Anonymising;
using FaceLoupe.Cli.Reviewing;
using FaceLoupe.Imaging;
using FaceLoupe.Programs;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Blurring;

/// <summary>Anonymises images: detect, mask and, if requested, search the result again.</summary>
/// <param name="Anonymiser">Finds and hides faces.</param>
/// <param name="Verifier">Searches the result again; null: it is not searched.</param>
/// <param name="Audit">Records every region; null: nothing is recorded.</param>
internal sealed record PictureBlur(Anonymiser Anonymiser, MaskVerifier? Verifier, AuditLog? Audit)
{
    /// <summary>Whether an existing target may be replaced. Default true.</summary>
    public bool Replaces { get; init; } = true;

    /// <summary>Collects what a person reviews; null: no review.</summary>
    public Reviewer? Reviewer { get; init; }

    /// <summary>A person's corrections; null: none.</summary>
    public Corrections? Corrections { get; init; }

    /// <summary>Receives the result, once the copy is written; null: not needed.</summary>
    public Action<AnonymisedPicture>? Masked { get; init; }

    /// <summary>Anonymises one image. The target appears when it is complete and, if requested, verified.</summary>
    /// <param name="picture">The image.</param>
    /// <param name="path">Its file.</param>
    /// <param name="target">Where its masked copy goes.</param>
    /// <param name="cancellation">Stops between two runs of a network.</param>
    /// <exception cref="FaceLoupeException">
    /// The copy cannot be written, or still shows regions after the last search.
    /// </exception>
    public BlurTally Run(Picture picture, string path, string target, CancellationToken cancellation)
    {
        var (corrected, cut) = Corrections?.For(path) is { } decided
            ? decided.Fit(picture.Width, picture.Height, isVideo: false, seconds: null) : default;
        var masked = Anonymiser.Correcting(corrected is null ? null : (found, _) => corrected.Correct(found, 0))
            .Anonymise(picture, path, cancellation);
        var near = Reviewer?.Near(picture, path, cancellation);

        // The copy may replace it.
        var hash = Reviewer is null ? null : Corrections.HashOf(path);
        VerifyTally? verified = null;
        string? recoded = null;
        var original = IsJpeg(target) ? OriginalJpeg(path) : null;
        if (Verifier is null)
        {
            var bytes = Encode(masked, target, original, out recoded);
            AtomicFile.Write(target, stream => stream.Write(bytes), Replaces);
        }
        else
        {
            (masked, verified) = Verify(masked, path, target, original, ref recoded, cancellation);
        }

        // The page shows only copies that were written.
        Reviewer?.Add(path, hash!, picture, masked.Regions, near ?? []);
        Audit?.WriteRegions(path, masked);
        Masked?.Invoke(masked);
        return new BlurTally(1, masked.Regions.Count, 0, verified, recoded, cut);
    }

    // The written bytes are searched, since a lossy format changes pixels.
    private (AnonymisedPicture Masked, VerifyTally Verified) Verify(
        AnonymisedPicture masked,
        string path,
        string target,
        byte[]? original,
        ref string? recoded,
        CancellationToken cancellation)
    {
        var found = masked.Regions.Count;
        for (var search = 1; ; search++)
        {
            var bytes = Encode(masked, target, original, out recoded);
            var left = Verifier!.Left(PictureFile.Decode(bytes, target), masked.Regions, path, cancellation);
            if (left.Count == 0)
            {
                AtomicFile.Write(target, stream => stream.Write(bytes), Replaces);
                return (masked, new VerifyTally(Verifier.Threshold, search, masked.Regions.Count - found));
            }

            if (search == MaskVerifier.MostSearches)
            {
                throw StillShows(path, left.Count);
            }

            masked = Anonymiser.MaskMore(masked, left);
        }
    }

    // A JPEG file keeps the blocks without masks.
    private byte[] Encode(AnonymisedPicture masked, string target, byte[]? original, out string? recoded)
    {
        recoded = null;
        return (original is null ? null
                : JpegMasker.Mask(original, masked.Picture, Anonymiser.Cover(masked), out recoded))
            ?? PictureFile.Encode(masked.Picture, FormatOf(target));
    }

    private static bool IsJpeg(string target) => FormatOf(target) == PictureFormat.Jpeg;

    // Null: the image comes from a file of another format.
    private static byte[]? OriginalJpeg(string path)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            return FileSignature.Of(bytes) == FileKind.Jpeg ? bytes : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The fault of a file that still shows a face after the last search.</summary>
    public static FaceLoupeException StillShows(string path, int left) => new(
        $"{path}: after {Numbers.Count(MaskVerifier.MostSearches, "search", "searches")}, what may be a face still "
        + $"shows in {Numbers.Count(left, "place")}; nothing was written. Check the image; "
        + "larger masks (--mask-scale, --shape box) or --mask solid may help.");

    private static PictureFormat FormatOf(string target) => Path.GetExtension(target).ToUpperInvariant() switch
    {
        ".PNG" => PictureFormat.Png,
        ".WEBP" => PictureFormat.Webp,
        _ => PictureFormat.Jpeg,
    };
}
