using FaceLoupe.Datasets;
using FaceLoupe.Geometry;

namespace FaceLoupe.Training.Samples.Sources;

/// <summary>An image of a source, decoded.</summary>
internal sealed record SourcePicture(
    Imaging.Picture Picture, IReadOnlyList<FaceAnnotation> Faces, bool UnlabelledFacesLikely);

/// <summary>Draws images from the sources by weight, uniformly within a source.</summary>
internal sealed class SourcePictures
{
    private readonly PicturePool pool;
    private readonly CanvasSource[] withFaces;
    private readonly CanvasSource[] complete;
    private readonly CanvasSource[] background;
    private readonly MistakenSource[] mistaken;

    public SourcePictures(IReadOnlyList<CanvasSource> sources, PicturePool pool)
    {
        this.pool = pool;
        var usable = sources.Where(source => source.Weight > 0 && source.Folder.Pictures.Count > 0).ToArray();
        if (usable.Length == 0)
        {
            throw new FaceLoupeException(
                "No source of training images with a weight above 0; name a folder with images.");
        }

        withFaces = [.. usable.Where(HasFaces)];
        background = [.. usable.Where(source => !HasFaces(source))];
        var labelled = withFaces.Where(source => !source.UnlabelledFacesLikely).ToArray();
        mistaken =
        [
            .. usable.Where(source => source.Mistakes.Count > 0).Select(source => new MistakenSource(
                source, [.. source.Mistakes.Select(mistake => mistake.Weight)])),
        ];
        complete = labelled.Length > 0 ? labelled : withFaces;
    }

    public bool HaveFaces => withFaces.Length > 0;

    public bool HaveBackground => background.Length > 0;

    public bool HaveMistakes => mistaken.Length > 0;

    /// <summary>An image of any source with faces (it may have none itself).</summary>
    public SourcePicture DrawAny(SampleRandom random) => Draw(withFaces, random);

    /// <summary>An image of a completely annotated source, if there is one.</summary>
    public SourcePicture DrawComplete(SampleRandom random) => Draw(complete, random);

    /// <summary>An image without a face.</summary>
    public SourcePicture DrawBackground(SampleRandom random) => Draw(background, random);

    /// <summary>A mistake of a detector and its image, the graver the likelier within a source.</summary>
    public (SourcePicture Picture, Box Place) DrawMistake(SampleRandom random)
    {
        var (source, weights) = mistaken[random.Weighted([.. mistaken.Select(candidate => candidate.Source.Weight)])];
        var mistake = source.Mistakes[random.Weighted(weights)];
        return (Read(mistake.Picture, source), mistake.Box);
    }

    private SourcePicture Draw(CanvasSource[] from, SampleRandom random)
    {
        var source = from[random.Weighted([.. from.Select(candidate => candidate.Weight)])];
        return Read(source.Folder.Pictures[random.NextInt(source.Folder.Pictures.Count)], source);
    }

    private SourcePicture Read(AnnotatedPicture picture, CanvasSource source) =>
        new(pool.Get(picture.Path), picture.Faces, source.UnlabelledFacesLikely);

    // Invalid boxes are places to ignore: a source with only these is background.
    private static bool HasFaces(CanvasSource source) =>
        source.Folder.Pictures.Any(picture => picture.Faces.Any(face => !face.Invalid));

    private sealed record MistakenSource(CanvasSource Source, double[] Weights);
}
