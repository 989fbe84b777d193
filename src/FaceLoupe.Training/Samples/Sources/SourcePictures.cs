using FaceLoupe.Datasets;

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
        complete = labelled.Length > 0 ? labelled : withFaces;
    }

    public bool HaveFaces => withFaces.Length > 0;

    public bool HaveBackground => background.Length > 0;

    /// <summary>An image of any source with faces (it may have none itself).</summary>
    public SourcePicture DrawAny(SampleRandom random) => Draw(withFaces, random);

    /// <summary>An image of a completely annotated source, if there is one.</summary>
    public SourcePicture DrawComplete(SampleRandom random) => Draw(complete, random);

    /// <summary>An image without a face.</summary>
    public SourcePicture DrawBackground(SampleRandom random) => Draw(background, random);

    private SourcePicture Draw(CanvasSource[] from, SampleRandom random)
    {
        var source = from[random.Weighted([.. from.Select(candidate => candidate.Weight)])];
        var picture = source.Folder.Pictures[random.NextInt(source.Folder.Pictures.Count)];
        return new SourcePicture(pool.Get(picture.Path), picture.Faces, source.UnlabelledFacesLikely);
    }

    // Invalid boxes are places to ignore: a source with only these is background.
    private static bool HasFaces(CanvasSource source) =>
        source.Folder.Pictures.Any(picture => picture.Faces.Any(face => !face.Invalid));
}
