using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FaceLoupe.Anonymising;
using FaceLoupe.Cli.Flags;
using FaceLoupe.Cli.Terminal;
using FaceLoupe.Datasets;
using FaceLoupe.Evaluation;
using FaceLoupe.Predictions;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Certifying;

/// <summary>One call of <c>faceloupe certify</c>.</summary>
/// <param name="Pictures">The folder that the names in the annotation file are relative to.</param>
/// <param name="Annotations">Annotation file.</param>
/// <param name="Miss">Share of images that may show a face.</param>
/// <param name="Confidence">Confidence of the certificate.</param>
/// <param name="Options">Masks and smallest face.</param>
/// <param name="Model">The model.</param>
/// <param name="Out">File of the certificate; null: standard output.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record CertifyRun(
    string Pictures,
    string Annotations,
    double Miss,
    double Confidence,
    AnonymiserOptions Options,
    ModelChoice Model,
    string? Out,
    TextWriter Output,
    TextWriter Error)
{
    private const int MostExamples = 3;

    private readonly ProgressBars _bars = ProgressBars.On(Error, quiet: false);

    /// <summary>A certificate that is compared with the images, annotations and model, instead of making one.</summary>
    public string? Check { get; init; }

    /// <summary>Looks at the images, tests the thresholds and writes the certificate.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="FaceLoupeException">Annotations and images do not fit, or no threshold can be
    /// certified.</exception>
    public int Run(CancellationToken cancellation)
    {
        RefuseOverOther();
        var certifier = new MaskCertifier(Miss, Confidence, Options);
        var folder = WiderFaceDataset.Read(Annotations, Pictures);
        RefuseMissing(folder);
        if (Check is not null)
        {
            return Compare(Check, folder);
        }

        foreach (var note in folder.Report.Notes)
        {
            Error.WriteLine($"{Annotations}: {note}");
        }

        var withFaces = folder.Pictures.Count(picture => picture.Faces.Any(face => !face.Invalid));
        if (withFaces < certifier.PicturesNeeded)
        {
            // Before hours are spent on looking at them.
            throw TooFew(withFaces, certifier.PicturesNeeded);
        }

        var hashes = folder.Pictures.Select(picture => HashOf(picture)).ToArray();
        RefuseCopies(folder.Pictures, hashes);
        var faults = 0;
        using var bundle = Model.Open(note => Error.WriteLine($"faceloupe: {note}"));
        var detector = Anonymiser.Detector(bundle, Options).From(0);
        var looked = new List<EvaluatedPicture>();
        _bars.During("Looking for faces", folder.Pictures.Count, () =>
        {
            foreach (var picture in folder.Pictures)
            {
                cancellation.ThrowIfCancellationRequested();
                var found = Detect(detector, picture, cancellation);
                faults += found is null ? 1 : 0;
                looked.Add(new EvaluatedPicture(picture.Name, picture.Faces, found ?? []));
                _bars.Finish();
            }
        });

        var certificate = certifier.Certify(bundle.Manifest, looked, HashOf(folder.Pictures, hashes));
        Error.WriteLine(FormattableString.Invariant($"threshold {certificate.Threshold}: {certificate.Describe()}"));
        if (Out is null)
        {
            Output.Write(MaskCertificateFile.Format(certificate));
        }
        else
        {
            MaskCertificateFile.Write(certificate, Out);
        }

        return faults > 0 ? ExitCode.SomeFailed : ExitCode.Fine;
    }

    // Nothing is searched: hashes tell whether the certificate was made of these files.
    private int Compare(string path, AnnotatedFolder folder)
    {
        var certificate = MaskCertificateFile.Read(path);
        using var bundle = Model.Open(note => Error.WriteLine($"faceloupe: {note}"));
        var hash = HashOf(folder.Pictures, [.. folder.Pictures.Select(picture => HashOf(picture))]);
        var faults = new List<string>();
        if (hash != certificate.PicturesSha256)
        {
            faults.Add($"other images or annotations ({certificate.PicturesSha256[..8]}, these have {hash[..8]})");
        }

        if (MaskCertificate.HashOf(bundle.Manifest) is var model && model != certificate.ModelSha256)
        {
            faults.Add(
                $"the model {certificate.Model} ({certificate.ModelSha256[..8]}), and not {bundle.Manifest.Name} "
                + $"{bundle.Manifest.Version} ({model[..8]})");
        }

        if (faults.Count > 0)
        {
            throw new FaceLoupeException($"--check {path}: is of {string.Join("; and of ", faults)}; certify again.");
        }

        Error.WriteLine($"{path}: is of these images, annotations and this model: {certificate.Describe()}");
        return ExitCode.Fine;
    }

    // What is there may be anything; only a certificate gives way to a new one.
    private void RefuseOverOther()
    {
        if (Out is not null && !AtomicFile.IsDevice(Out) && File.Exists(Out) && new FileInfo(Out).Length > 0)
        {
            try
            {
                MaskCertificateFile.Read(Out);
            }
            catch (FaceLoupeException fault)
            {
                throw new FaceLoupeException(
                    $"--out {Out}: already exists and is not a certificate; give another name.", fault);
            }
        }
    }

    // Left out in silence, an image would make the certificate one of other images than the annotations tell.
    private void RefuseMissing(AnnotatedFolder folder)
    {
        if (folder.Report.Notes.FirstOrDefault(note => note.Oddity == AnnotationOddity.MissingPicture) is { } missing)
        {
            throw new FaceLoupeException(string.Create(CultureInfo.InvariantCulture,
                $"{Annotations}: {missing.Count} of its images are not in {Pictures}: "
                    + $"{string.Join("; ", missing.Examples)}. ")
                + "Give the folder that its names are relative to, or take them out of the file.");
        }
    }

    private FaceLoupeException TooFew(int pictures, int needed) => new(string.Create(CultureInfo.InvariantCulture,
        $"{Annotations}: {pictures} images with faces are too few: for at most {Miss} of the images with a "
            + $"confidence of ")
        + string.Create(CultureInfo.InvariantCulture,
            $"{Confidence} at least {needed} are needed, none of which shows a face, and more if some do."));

    // One that cannot be read counts as one that shows its faces: leaving it out would make the certificate better.
    private ScoredBox[]? Detect(FaceLoupeDetector detector, AnnotatedPicture picture, CancellationToken cancellation)
    {
        try
        {
            return
            [
                .. detector.Detect(picture.Path, cancellation)
                    .Faces.Where(face => !(face.Box.LongerSide < Options.MinFace))
                    .Select(face => new ScoredBox(face.Box, face.Score)),
            ];
        }
        catch (FaceLoupeException fault)
        {
            return Missed(fault.Message);
        }
        catch (OutOfMemoryException)
        {
            return Missed(InputFault.OfMemory(picture.Path).Message);
        }
    }

    private ScoredBox[]? Missed(string fault)
    {
        _bars.WriteLine($"faceloupe: {fault.ReplaceLineEndings(" ")}");
        return null;
    }

    // Images of which one is the copy of another are drawn once, and would count as often as there are copies.
    private void RefuseCopies(IReadOnlyList<AnnotatedPicture> pictures, byte[][] hashes)
    {
        var copies = pictures.Zip(hashes).Where(pair => pair.Second.Length > 0)
            .GroupBy(pair => Convert.ToHexString(pair.Second), pair => pair.First.Name)
            .Where(same => same.Count() > 1).ToArray();
        if (copies.Length > 0)
        {
            throw new FaceLoupeException(string.Create(
                CultureInfo.InvariantCulture,
                $"{Annotations}: {copies.Sum(same => same.Count() - 1)} of its images are copies of others, byte for "
                    + $"byte: ")
                + string.Join(
                    "; ", copies.Take(MostExamples).Select(same => string.Join(" = ", same.Take(MostExamples))))
                + (copies.Length > MostExamples ? "; ..." : string.Empty)
                + ". An image counts once: take the copies out of the file, and annotate others instead.");
        }
    }

    // Empty: it cannot be read, and counts as one that shows its faces.
    private static byte[] HashOf(AnnotatedPicture picture)
    {
        try
        {
            using var file = InputFile.OpenRead(picture.Path);
            return SHA256.HashData(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string HashOf(IReadOnlyList<AnnotatedPicture> pictures, byte[][] contents)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (picture, content) in pictures.Zip(contents))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(picture.Name + "\0"));
            foreach (var face in picture.Faces)
            {
                hash.AppendData(Encoding.UTF8.GetBytes(FormattableString.Invariant(
                    $"{face.Box.X} {face.Box.Y} {face.Box.Width} {face.Box.Height} {face.Invalid}\0")));
            }

            hash.AppendData(content);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
