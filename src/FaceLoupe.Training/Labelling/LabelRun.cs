using FaceLoupe.Datasets;
using FaceLoupe.Imaging;

namespace FaceLoupe.Training.Labelling;

/// <summary>Labels a folder of pictures.</summary>
internal sealed class LabelRun(IReadOnlyList<Teacher> teachers, LabelOptions options)
{
    private const int ProgressEvery = 100;

    // What a teacher hardly believes itself neither confirms nor contradicts another.
    private const float LeastConfidence = 0.05f;
    private readonly PictureLabeller labeller = new(options);

    /// <summary>Looks at the picture twice, the second time enlarged by this; 0 (the default): once.</summary>
    public float ExtraScale { get; init; }

    /// <summary>Where to draw the labels; null: nowhere.</summary>
    public string? DrawFolder { get; init; }

    /// <summary>Pictures that could not be read and are left out.</summary>
    public int Failures { get; private set; }

    /// <summary>What was found.</summary>
    public LabelReport Report { get; } = new([.. teachers.Select(teacher => teacher.Format)]);

    /// <summary>Labels all pictures; the order stays.</summary>
    /// <param name="pictures">Pictures with the annotations at hand.</param>
    /// <param name="threads">So many pictures at once; 0: one a core.</param>
    public IReadOnlyList<AnnotatedPicture> Label(IReadOnlyList<AnnotatedPicture> pictures, int threads)
    {
        var labelled = new AnnotatedPicture?[pictures.Count];
        var done = 0;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads > 0 ? threads : Environment.ProcessorCount };
        Parallel.For(0, pictures.Count, parallel, i =>
        {
            labelled[i] = Label(pictures[i]);
            if (Interlocked.Increment(ref done) is var count && count % ProgressEvery == 0)
            {
                Console.Error.WriteLine(FormattableString.Invariant($"  {count} of {pictures.Count} pictures"));
            }
        });
        return [.. labelled.OfType<AnnotatedPicture>()];
    }

    private AnnotatedPicture? Label(AnnotatedPicture annotated)
    {
        Picture picture;
        try
        {
            picture = PictureFile.Read(annotated.Path);
        }
        catch (UnreadablePictureException fault)
        {
            lock (Report)
            {
                Failures++;
                Console.Error.WriteLine($"faceloupe-train: {fault.Message}");
            }

            return null;
        }

        var findings = Find(picture, annotated.Faces);
        lock (Report)
        {
            Report.Add(annotated, findings);
        }

        if (DrawFolder is not null)
        {
            PictureFile.Write(
                LabelPainter.Paint(picture, findings.Labels), Path.Combine(DrawFolder, Path.ChangeExtension(annotated.Name, ".jpg")));
        }

        return annotated with { Faces = findings.Labels.All };
    }

    private PictureFindings Find(Picture picture, IReadOnlyList<FaceAnnotation> known)
    {
        var boxes = teachers.Select(teacher => teacher.Detect(picture, ExtraScale)).ToArray();
        var clusters = TeacherFusion.Fuse(boxes
            .SelectMany((found, index) => found.Select(
                box => new TeacherBox(index, box.Box, teachers[index].Format.Confidence(box.Score))))
            .Where(box => box.Confidence >= LeastConfidence));
        return new PictureFindings(boxes, clusters, labeller.Label(known, clusters, picture.Width, picture.Height));
    }
}
