using System.Globalization;
using FaceLoupe.Datasets;
using FaceLoupe.Imaging;
using FaceLoupe.Predictions;
using FaceLoupe.Training.Detectors;
using FaceLoupe.Training.Runs;

namespace FaceLoupe.Training.Labelling;

/// <summary>Labels a folder of images.</summary>
internal sealed class LabelRun(IReadOnlyList<PublicDetector> detectors, LabelOptions options)
{
    // Boxes below this confidence are dropped before fusion.
    private const float LeastConfidence = 0.05f;
    private readonly PictureLabeller labeller = new(options);
    private readonly BoxRestyler restyler = new(options.Agree);

    /// <summary>Enlargement of images for detectors whose input size is not fixed. Default 2.</summary>
    public float Scale { get; init; } = DetectorView.Enlargement;

    /// <summary>Enlargement for a second search of the image; 0 (the default): none.</summary>
    public float ExtraScale { get; init; }

    /// <summary>
    /// A folder of high-resolution images with the same names: detectors search those, and their boxes are scaled to
    /// the labelled images. Null (the default): none.
    /// </summary>
    public string? Originals { get; init; }

    /// <summary>Folder for images with the labels drawn; null: none.</summary>
    public string? DrawFolder { get; init; }

    /// <summary>Folder for the first detector's scored boxes, a file per image; null: none.</summary>
    public string? RecordFolder { get; init; }

    /// <summary>File for a contact sheet of faces with their old and new boxes; null: none.</summary>
    public string? Sheet { get; init; }

    /// <summary>Number of unreadable images, which are left out.</summary>
    public int Failures { get; private set; }

    /// <summary>Counts and tables of the run.</summary>
    public LabelReport Report { get; } = new([.. detectors.Select(detector => detector.Format)]);

    /// <summary>Labels all images, in their order.</summary>
    /// <param name="pictures">Images with their annotations.</param>
    /// <param name="threads">Images processed in parallel; 0: one per core.</param>
    public IReadOnlyList<AnnotatedPicture> Label(IReadOnlyList<AnnotatedPicture> pictures, int threads)
    {
        var findings = new PictureFindings?[pictures.Count];
        var done = 0;
        using var progress = new TrainingProgress("label", pictures.Count);
        var parallel =
            new ParallelOptions { MaxDegreeOfParallelism = threads > 0 ? threads : Environment.ProcessorCount };
        Parallel.For(0, pictures.Count, parallel, i =>
        {
            findings[i] = Find(pictures[i], progress);
            lock (progress)
            {
                progress.Report(++done);
            }
        });
        if (options.Restyle)
        {
            Console.WriteLine(Redraw(findings));
        }

        for (var i = 0; i < pictures.Count && DrawFolder is not null; i++)
        {
            if (findings[i] is { } found)
            {
                var target = Path.Combine(DrawFolder, Path.ChangeExtension(pictures[i].Name, ".jpg"));
                PictureFile.Write(LabelPainter.Paint(PictureFile.Read(pictures[i].Path), found.Labels), target);
            }
        }

        if (Sheet is not null)
        {
            RestyleSheet.Write(Sheet, pictures, findings);
        }

        return [.. pictures.Zip(findings).Where(pair => pair.Second is not null)
            .Select(pair => pair.First with { Faces = pair.Second!.Labels.All })];
    }

    // After all images, because the mapping is fitted to all of them.
    private string Redraw(PictureFindings?[] findings)
    {
        var mapped = 0;
        for (var i = 0; i < findings.Length; i++)
        {
            if (findings[i] is { } found)
            {
                mapped += found.Restyled.Count(box => box is null);
                var kept = restyler.Redraw(found.Labels.Kept, found.Restyled);
                findings[i] = found with { Labels = found.Labels with { Kept = kept, Replaced = found.Labels.Kept } };
            }
        }

        var style = restyler.Style;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{style.Count} boxes redrawn by the detectors, {mapped} by the map: width x{style.Width:0.000}, "
            + $"height x{style.Height:0.000}, centre {style.X:+0.000;-0.000} widths and {style.Y:+0.000;-0.000} "
            + $"heights");
    }

    private PictureFindings? Find(AnnotatedPicture annotated, TrainingProgress progress)
    {
        Picture picture;
        var (factorX, factorY) = (1f, 1f);
        try
        {
            picture = PictureFile.Read(annotated.Path);
            if (Originals is not null)
            {
                var original = PictureFile.Read(Path.Combine(Originals, annotated.Name));
                (factorX, factorY) = ((float)original.Width / picture.Width, (float)original.Height / picture.Height);
                picture = original;
            }
        }
        catch (UnreadablePictureException fault)
        {
            lock (progress)
            {
                Failures++;
                progress.Note($"faceloupe-train: {fault.Message}");
            }

            return null;
        }

        var boxes = detectors.Select(
            detector => Scaled(detector.Detect(picture, Scale, ExtraScale), 1 / factorX, 1 / factorY))
            .ToArray();
        if (RecordFolder is not null)
        {
            PredictionFolder.Write(RecordFolder, PredictionFolder.KeyOf(annotated.Name), boxes[0]);
        }

        var clusters = DetectorFusion.Fuse(boxes
            .SelectMany((found, index) => found.Select(
                box => new DetectorBox(index, box.Box, detectors[index].Format.Confidence(box.Score))
                {
                    Landmarks = options.Landmarks ? box.Landmarks : null,
                }))
            .Where(box => box.Confidence >= LeastConfidence));
        var known = options.Landmarks ? LandmarkMatch.Of(annotated.Faces, clusters) : annotated.Faces;
        var labels = labeller.Label(known, clusters, picture.Width / factorX, picture.Height / factorY);
        lock (Report)
        {
            var restyled = options.Restyle ? restyler.Match(annotated.Faces, clusters) : [];
            var findings = new PictureFindings(boxes, clusters, labels, restyled);
            Report.Add(annotated, findings);
            return findings;
        }
    }

    private static IReadOnlyList<ScoredBox> Scaled(IReadOnlyList<ScoredBox> boxes, float factorX, float factorY) =>
        [.. boxes.Select(box => box with
        {
            Box = box.Box.Scale(factorX, factorY), Landmarks = box.Landmarks?.Scale(factorX, factorY),
        })];
}
