using FaceLoupe.Cli.Detection.Outputs;
using FaceLoupe.Cli.Flags;
using FaceLoupe.Cli.Inputs;
using FaceLoupe.Cli.Terminal;
using FaceLoupe.Imaging;
using FaceLoupe.Predictions;
using FaceLoupe.Programs;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Enhancing;

/// <summary>One call of <c>faceloupe enhance</c>.</summary>
/// <param name="Inputs">Images and folders, as given.</param>
/// <param name="Out">Folder for the sheets.</param>
/// <param name="Model">The model.</param>
/// <param name="Reference">A higher-resolution version of the only input; null: none.</param>
/// <param name="MostFaces">Maximum number of faces of an image, best first.</param>
/// <param name="Files">Whether every crop is also written as a separate file.</param>
/// <param name="Options">Options of the detector.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record EnhanceRun(
    IReadOnlyList<string> Inputs,
    string Out,
    ModelChoice Model,
    string? Reference,
    int MostFaces,
    bool Files,
    DetectorOptions Options,
    TextWriter Output,
    TextWriter Error)
{
    private const string ReportName = "enhance.json";

    /// <summary>Processes every input that can be processed.</summary>
    /// <returns>The exit code.</returns>
    public int Run(CancellationToken cancellation)
    {
        var inputs = InputList.Of(Inputs);
        if (Reference is not null && !inputs.OneFileNamed)
        {
            throw new FaceLoupeException(
                $"--reference {Reference}: is a version of one image, but other inputs were given; give that image "
                + "only.");
        }

        if (inputs.Paths.Count > 0)
        {
            OutputFile.MakeFolder("--out", Out);
        }

        foreach (var note in inputs.Notes)
        {
            Error.WriteLine($"faceloupe: {note}");
        }

        var faults = inputs.Faults.ToList();
        faults.ForEach(Report);
        if (inputs.Paths.Count == 0)
        {
            return ExitCode.NothingDone;
        }

        using var bundle = Model.Open(note => Error.WriteLine($"faceloupe: {note}"));
        using var detector = new FaceLoupeDetector(bundle, Options);
        var enhancer = new FaceEnhancer(bundle);
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var names = new PlaceNames();
        var originals = names.SetOf(inputs.Paths.Append(Reference).OfType<string>());
        var pictures = new List<EnhancedPicture>();
        foreach (var path in inputs.Paths)
        {
            cancellation.ThrowIfCancellationRequested();

            // Images of several folders may have the same name, and an input that of a sheet.
            var name = FreeName.Of(
                Path.GetFileNameWithoutExtension(path),
                free => !originals.Contains(names.Of(Path.Join(Out, SheetOf(free)))) && taken.Add(free));
            if (Attempt.On(
                path, () => pictures.Add(Enhance(detector, enhancer, path, name, cancellation)), cancellation)
                is { } fault)
            {
                faults.Add(fault);
                Report(fault);
            }
        }

        if (pictures.Count == 0)
        {
            return ExitCode.NothingDone;
        }

        var report = new EnhanceReport(bundle.Manifest, pictures, faults);
        AtomicFile.WriteAllText(Path.Combine(Out, ReportName), report.ToJson());
        Summarise(report);
        return faults.Count == 0 ? ExitCode.Fine : ExitCode.SomeFailed;
    }

    private EnhancedPicture Enhance(
        FaceLoupeDetector detector, FaceEnhancer enhancer, string path, string name, CancellationToken cancellation)
    {
        var picture = PictureFile.Read(path);
        var reference = Reference is null ? null : ReferencePicture.Read(Reference, picture);
        var found = detector.Detect(picture, path, cancellation).Faces;
        EnhancedFace[] faces = [.. found.Take(MostFaces).Select(face => enhancer.Enhance(picture, face, reference))];
        var sheet = faces.Length == 0 ? null : SheetOf(name);
        if (sheet is not null)
        {
            PictureFile.Write(EnhanceSheet.Draw(faces), OutputPath.In(Out, sheet));
        }

        if (Files)
        {
            WriteFiles(faces, OutputPath.In(Out, name));
        }

        var count = Numbers.Count(found.Count, "face");
        Error.WriteLine($"{path}: {count}{(sheet is null ? "" : $", {Path.Combine(Out, sheet)}")}");
        return new EnhancedPicture(path, sheet, found.Count, faces);
    }

    private static void WriteFiles(EnhancedFace[] faces, string folder)
    {
        for (var i = 0; i < faces.Length; i++)
        {
            foreach (var (picture, column) in faces[i].Pictures.Zip(EnhancedFace.Columns))
            {
                var file = FormattableString.Invariant(
                    $"{i + 1:000}-{column.Replace("+", "-", StringComparison.Ordinal)}.png");
                PictureFile.Write(picture, Path.Combine(folder, file));
            }
        }
    }

    private void Summarise(EnhanceReport report)
    {
        if (report.Means.Count == 0)
        {
            Output.WriteLine(
                "There is no real crop of any face to compute PSNR and SSIM from; give a higher-resolution version of "
                + "the image with --reference.");
            return;
        }

        Output.WriteLine($"{Numbers.Count(report.Measured.Count, "face")} with a real crop to compare with (mean)");
        Output.WriteLine("            PSNR, dB     SSIM");
        foreach (var (method, mean) in report.Means)
        {
            Output.WriteLine(FormattableString.Invariant($"{method,-10} {mean.Psnr,9:F2} {mean.Ssim,8:F4}"));
        }
    }

    private static string SheetOf(string name) => $"{name}-faces.png";

    private void Report(InputFault fault) => Error.WriteLine($"faceloupe: {fault.Message.ReplaceLineEndings(" ")}");
}
