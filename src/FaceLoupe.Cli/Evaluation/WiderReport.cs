using System.Text.Json.Nodes;
using FaceLoupe.Cli.Reports;
using FaceLoupe.Datasets;
using FaceLoupe.Evaluation;
using FaceLoupe.Evaluation.Wider;
using FaceLoupe.Predictions;

namespace FaceLoupe.Cli.Evaluation;

/// <summary>The JSON document and the HTML page of <c>faceloupe evaluate wider</c>.</summary>
internal static class WiderReport
{
    /// <summary>Incremented when a key changes its meaning or is removed, not for new keys.</summary>
    public const int SchemaVersion = 1;

    private const int GallerySize = 24;

    private const string Protocol =
        "Official AP: the toolkit's matching (IoU at least 0.5 with one pixel added to widths and "
        + "heights), scores normalised over all images, 1,000 thresholds, all-points rule. Exact AP: the same "
        + "matching, one point per score.";

    /// <summary>The text of the JSON document.</summary>
    public static string ToJson(EvaluateWiderRun call, WiderSummary summary, IReadOnlyList<string> faults)
    {
        var json = new JsonObject { ["schemaVersion"] = SchemaVersion, ["regime"] = BoxReport.Of(SettingsOf(call)) };
        if (summary.Result is { } result)
        {
            json["pictures"] = result.Pictures;
            json["predictions"] = result.Predictions;
            json["settings"] = JsonReport.Object(
                result.Settings, setting => WiderSummary.NameOf(setting.Setting), setting => new JsonObject
                {
                    ["faces"] = setting.Faces,
                    ["officialAveragePrecision"] = JsonReport.Share(setting.Official.AveragePrecision),
                    ["exactAveragePrecision"] = JsonReport.Share(setting.Exact.AveragePrecision),
                });
            json["missing"] = JsonReport.Array(result.Missing);
            json["unknown"] = JsonReport.Array(result.Unknown);
        }

        json["published"] = JsonReport.Object(summary.Methods, method => method.Method, method => JsonReport.Object(
            Enum.GetValues<WiderFaceSetting>(),
            WiderSummary.NameOf,
            setting => JsonReport.Share(method.Aps[(int)setting])));
        json["faults"] = JsonReport.Array(faults);
        return JsonReport.Text(json);
    }

    /// <summary>The page, without galleries.</summary>
    public static ReportPage Page(EvaluateWiderRun call, WiderSummary summary, IReadOnlyList<string> faults)
    {
        var page = new ReportPage($"{summary.Name} on WIDER FACE");
        page.Section("Evaluation settings", Protocol);
        page.Add(SettingsOf(call));
        page.Section("Figures", string.Join(" ", faults.Select(fault => $"{fault}.")));
        foreach (var table in summary.Tables())
        {
            page.Add(table);
        }

        foreach (var setting in Enum.GetValues<WiderFaceSetting>())
        {
            page.Add(summary.Figure(setting), $"Precision against recall, {WiderSummary.NameOf(setting)}");
        }

        return page;
    }

    /// <summary>Adds AP against face size and the worst mistakes on the faces of the hard setting.</summary>
    public static void AddGalleries(
        ReportPage page, WiderFaceGroundTruth truth, PredictionFolder predictions, string images)
    {
        // The scale of the scores and the user's threshold are not known, so the threshold keeps the best third of the
        // boxes.
        EvaluatedPicture[] pictures = [.. truth.Pictures.Select(picture => new EvaluatedPicture(
            picture.Key, Faces(picture), predictions.Read(picture.Key)))];
        var options = new BoxEvaluationOptions { Threshold = ThresholdOf(pictures) };
        var subject = new EvaluatedSubject(
            "hard", EvaluationSettings.OfPredictions(predictions.Folder), options.Threshold, options, pictures);
        page.Section("Average precision against face size", "Faces of the hard setting; IoU here is continuous.");
        page.Add(BoxFigures.AgainstSize([subject]), "Average precision against face size");
        var mistakes = Mistakes.Of(pictures, options);
        page.Section("Worst misses", "Faces of the hard setting that no box finds at any score, the largest first.");
        page.Add(GalleryItem.Of(mistakes.Misses.Take(GallerySize), key => PathOf(images, key), subject.ShownScore));
        page.Section("Worst false alarms", "The most confident wrong boxes. Many are faces that nobody has annotated.");
        page.Add(
            GalleryItem.Of(mistakes.FalseAlarms.Take(GallerySize), key => PathOf(images, key), subject.ShownScore));
    }

    private static FaceAnnotation[] Faces(WiderFacePicture picture) =>
    [
        .. picture.Faces.Zip(
            picture.Kept[(int)WiderFaceSetting.Hard], (box, kept) => new FaceAnnotation(box, Invalid: !kept)),
    ];

    private static double ThresholdOf(IEnumerable<EvaluatedPicture> pictures)
    {
        double[] scores =
            [.. pictures.SelectMany(picture => picture.Predictions).Select(box => box.Score).OrderDescending()];
        return scores.Length > 0 ? scores[scores.Length / 3] : 0;
    }

    private static string PathOf(string images, string key) => Path.Combine(images, key + ".jpg");

    private static EvaluationSettings SettingsOf(EvaluateWiderRun call) => new(
    [
        .. call.Predictions is null ? [] : EvaluationSettings.OfPredictions(call.Predictions).Entries,
        .. call.GroundTruth is null ? Array.Empty<(string, string)>()
            : [("ground truth", Path.GetFullPath(call.GroundTruth))],
        .. call.Compare is null ? Array.Empty<(string, string)>()
            : [("published curves", Path.GetFullPath(call.Compare))],
        .. EvaluationSettings.Surroundings,
    ]);
}
