using System.Globalization;
using System.IO.Compression;
using System.Text;
using FaceLoupe.Datasets;
using FaceLoupe.Evaluation.Fddb;
using FaceLoupe.Evaluation.Wider;
using FaceLoupe.Imaging;
using FaceLoupe.Models;
using FaceLoupe.Predictions;
using FaceLoupe.Scoring;
using FaceLoupe.Storage;
using FaceLoupe.Training.Ablations;
using FaceLoupe.Training.Paper.Datasets;

namespace FaceLoupe.Training.Paper.Figures;

/// <summary>Draws the paper's figures for one model, and a page that shows them.</summary>
/// <param name="call">The arguments.</param>
/// <param name="log">Receives progress.</param>
internal sealed class FigureRun(FigureCall call, TextWriter log)
{
    /// <summary>Name of the page.</summary>
    public const string FileName = "figures.md";

    private const string TestImages = "WIDER_test/images";

    private readonly StringBuilder page = new();

    /// <summary>Draws what can be drawn; the page names what is missing for the rest.</summary>
    /// <exception cref="FaceLoupeException">The model or the images are not there, or a file is malformed.</exception>
    /// <exception cref="OperationCanceledException">A stop was requested.</exception>
    public void Run(CancellationToken stop)
    {
        WiderFaceParts.CheckValidation(call.Wider);
        FigureInputs.Check(call.Wider, call.Curves, call.Fddb, call.FddbCurves, call.MaxPictures);
        using var bundle = ModelBundle.Open(call.Model, call.Threads);
        using var earlier = call.Earlier is { } folder ? ModelBundle.Open(folder, call.Threads) : null;
        Directory.CreateDirectory(call.Out);
        var all = WiderFaceDataset.Open(Path.Combine(call.Wider, "WIDER_val")).Pictures;
        var pictures = ValidationSet.Spread(all, call.MaxPictures);
        log.WriteLine(FormattableString.Invariant($"figures: {pictures.Count} validation images"));
        var found = Find(bundle, pictures.Select(picture => (picture.Name, picture.Path)), stop);
        var before = earlier is null
            ? null : Find(earlier, pictures.Select(picture => (picture.Name, picture.Path)), stop);

        page.Append(CultureInfo.InvariantCulture, $"# Figures of {bundle.Manifest.Name} {bundle.Manifest.Version}\n");
        var patches = new FacePatches(all);
        var without = earlier is null ? "(no earlier model was given)" : "of the model without regression and context";
        Sheet("figure1", $"Figure 1: low resolution, bilinear, G1, G1 + G2 {without}, of this model",
            patches.Figure1(bundle, earlier), "no face above 8 px");
        if (earlier is not null)
        {
            Sheet("figure1-boxes", "Figure 1: found without regression and context in green, new findings in red",
                FigureGallery.Figure1(pictures, found, Threshold(bundle), before!, Threshold(earlier)), "no image");
        }

        Sheet("figure4", "Figure 4: a face with context X1.0, X1.5, X2.0, X3.0 and X4.0",
            patches.Figure4(), "no face above 40 px");
        Sheet("figure5", "Figure 5: faces as they are (bicubic), and generated",
            patches.Figure5(bundle), "no face above 8 px");
        Figure7(found, bundle, stop);
        Figure8(bundle, stop);
        Figure9(bundle, stop);
        Sheet("figure10", "Figure 10: annotations in green, results at the model's threshold in red",
            FigureGallery.Figure10(pictures, found, Threshold(bundle)), "no annotated face");
        AtomicFile.WriteAllText(Path.Combine(call.Out, FileName), page.ToString());
    }

    private static double Threshold(ModelBundle bundle) => Logistic.FiniteLogit(bundle.Manifest.Detection.Threshold);

    private void Figure7(
        IReadOnlyDictionary<string, IReadOnlyList<ScoredBox>> found, ModelBundle bundle, CancellationToken stop)
    {
        if (WiderValidation.FindTruth(call.Wider) is null)
        {
            Missing("Figure 7", "the ground truth of easy, medium and hard (eval_tools/ground_truth) is not there");
            return;
        }

        // The ground truth lists the same images, but a sample of it may differ from that of the annotations.
        var wider = WiderValidation.Open(call.Wider, call.MaxPictures);
        var byKey = found.ToDictionary(picture => PredictionFolder.KeyOf(picture.Key), picture => picture.Value);
        var lacking = wider.Paths.Where(path => !byKey.ContainsKey(path.Key));
        foreach (var (key, boxes) in Find(bundle, lacking.Select(path => (path.Key, path.Value)), stop))
        {
            byKey[key] = boxes;
        }

        var published = call.Curves is { } curves ? PublishedCurve.ReadFolder(curves) : [];
        foreach (var name in WiderCurves.Draw(call.Out, wider.Truth, byKey, published))
        {
            Show($"Figure 7, {Path.GetFileNameWithoutExtension(name)["figure7-".Length..]}: precision against recall"
                + (published.Count == 0 ? "" : ", beside published curves"), name);
        }
    }

    private void Figure8(ModelBundle bundle, CancellationToken stop)
    {
        var images = Path.Combine(call.Wider, TestImages);
        if (!Directory.Exists(images))
        {
            Missing("Figure 8", $"{TestImages} is not there; the test set has no public annotations, and its server "
                + "takes an archive of results by mail");
            return;
        }

        var pictures = ValidationSet.Spread(AnnotatedFolder.OpenWithoutFaces(images).Pictures, call.MaxPictures);
        var results = Path.Combine(call.Out, "figure8");
        foreach (var (name, boxes) in Find(bundle, pictures.Select(picture => (picture.Name, picture.Path)), stop))
        {
            PredictionFolder.Write(results, PredictionFolder.KeyOf(name), boxes);
        }

        var archive = Path.Combine(call.Out, "figure8-submission.zip");
        AtomicFile.Write(archive, stream => ZipFile.CreateFromDirectory(results, stream));
        Directory.Delete(results, recursive: true);
        var file = Path.GetFileName(archive);
        page.Append("\n## Figure 8: results for the test server\n\n");
        page.Append(CultureInfo.InvariantCulture, $"[{file}]({file}): {pictures.Count:N0} images of {TestImages}.\n");
    }

    private void Figure9(ModelBundle bundle, CancellationToken stop)
    {
        if (call.Fddb is null)
        {
            Missing("Figure 9", "no folder of FDDB was given (--fddb)");
            return;
        }

        var (folds, paths) = FddbCurves.Open(call.Fddb);
        var sampled = ValidationSet.Spread(
            [.. folds.Where(picture => paths.ContainsKey(picture.Name))], call.MaxPictures);
        var found = Find(bundle, sampled.Select(picture => (picture.Name, paths[picture.Name])), stop);
        var detections = Path.Combine(call.Out, "figure9-detections.txt");
        FddbCurves.Write(detections, sampled.Select(picture => (picture.Name, found[picture.Name])));
        FddbCurves.Draw(
            Path.Combine(call.Out, "figure9.svg"),
            FddbEvaluator.Evaluate(sampled, FddbFiles.ReadDetections(detections)), call.FddbCurves);
        Show(FormattableString.Invariant($"Figure 9: FDDB, {sampled.Count} of {folds.Count} images"), "figure9.svg");
    }

    private Dictionary<string, IReadOnlyList<ScoredBox>> Find(
        ModelBundle bundle, IEnumerable<(string Name, string Path)> pictures, CancellationToken stop)
    {
        using var detector = new FaceLoupeDetector(bundle, new DetectorOptions { MinScore = 0 });
        return pictures.ToDictionary(picture => picture.Name, picture => Faces(picture.Path), StringComparer.Ordinal);

        // Scores are logits. An unreadable file is reported and has no boxes.
        IReadOnlyList<ScoredBox> Faces(string path)
        {
            stop.ThrowIfCancellationRequested();
            try
            {
                return [.. detector.Detect(path, stop).Faces.Select(face => new ScoredBox(face.Box, face.Logit))];
            }
            catch (UnreadablePictureException fault)
            {
                log.WriteLine(fault.Message);
                return [];
            }
        }
    }

    private void Sheet(string name, string title, Picture? sheet, string lacking)
    {
        if (sheet is null)
        {
            Missing(title.Split(':')[0], lacking);
            return;
        }

        PictureFile.Write(sheet, Path.Combine(call.Out, name + ".png"));
        Show(title, name + ".png");
    }

    private void Show(string title, string file) =>
        page.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n![{title}]({file})\n");

    private void Missing(string figure, string reason) =>
        page.Append(CultureInfo.InvariantCulture, $"\n## {figure}: not drawn\n\n{reason}.\n");
}
