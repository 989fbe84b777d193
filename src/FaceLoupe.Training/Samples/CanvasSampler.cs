using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Training.Samples.Augmentation;
using FaceLoupe.Training.Samples.Layout;
using FaceLoupe.Training.Samples.Sources;

namespace FaceLoupe.Training.Samples;

/// <summary>
/// Makes training canvases from annotated images: layout, light, mirroring, degradation. A sample is a function of the
/// seed and its number alone, so that threads may make them in any order and a resumed run continues with the same
/// ones.
/// </summary>
internal sealed class CanvasSampler
{
    private readonly CanvasOptions options;
    private readonly CanvasOptions upsampledOptions;
    private readonly ulong seed;
    private readonly double[] modeWeights;
    private readonly SingleLayout single;
    private readonly CrowdLayout crowd;

    /// <exception cref="FaceLoupeException">An option is out of range, or no source fits the weights.</exception>
    public CanvasSampler(IReadOnlyList<CanvasSource> sources, CanvasOptions options, ulong seed)
    {
        options.Validate();
        this.options = options;
        upsampledOptions = options.ForUpsampled();
        this.seed = seed;
        var pictures = new SourcePictures(sources, new PicturePool(1_000_000L * options.CacheMegabytes));
        crowd = new CrowdLayout(pictures);
        single = new SingleLayout(pictures, crowd);
        modeWeights =
        [
            pictures.HaveFaces ? options.SingleWeight : 0,
            pictures.HaveFaces ? options.CrowdWeight : 0,
            pictures.HaveBackground ? options.NegativeWeight : 0,
        ];
        if (modeWeights.Sum() <= 0)
        {
            throw new FaceLoupeException(pictures.HaveFaces
                ? "Canvas options: all weight is on negatives, but no source is free of faces."
                : "Canvas options: all weight is on canvases with faces, but no source has a face.");
        }
    }

    /// <summary>Makes a sample.</summary>
    /// <param name="index">Number of the sample.</param>
    /// <param name="withHighResolution">Whether to render the high-resolution view; no effect on the rest.</param>
    public TrainingCanvas Sample(long index, bool withHighResolution)
    {
        var random = new SampleRandom(seed, index);
        var halved = random.Chance(options.UpsampledShare);
        var sized = halved ? upsampledOptions : options;
        var placements = random.Weighted(modeWeights) switch
        {
            0 => single.DrawFace(sized, random),
            1 => crowd.Draw(sized, random),
            _ => single.DrawNegative(sized, random),
        };
        var landmarks = new List<FaceLandmarks?>();
        var (faces, ignored) = CanvasFaces.Sort(placements, sized, landmarks);
        var photometry = Photometry.Draw(options.Photometry, random);
        var mirrored = random.Chance(options.MirrorChance);

        var rotation = Rotation.Draw(options.RotationChance, options.MaxRotation, random);
        var occluders = Occluder.Draw(faces, options.OccluderChance, options.Size, random);
        var scale = halved ? 0.5 : 1;

        var degraded = Render(placements, occluders, scale, rotation, photometry, mirrored);
        degraded = Degradation.Apply(
            degraded, options.Degradation, photometry.IsGrayscale, random, scale * MedianSide(faces));
        if (halved)
        {
            degraded = Resampler.Resize(degraded, options.Size, options.Size);
        }

        (faces, ignored) = rotation.Apply(faces, ignored, options.Size, sized.MinVisible, landmarks);
        var view = withHighResolution
            ? Render(placements, occluders, options.HighResolutionFactor, rotation, photometry, mirrored)
            : null;
        return new TrainingCanvas(degraded, view, Mirrored(faces, mirrored), Mirrored(ignored, mirrored))
        {
            Landmarks = mirrored ? [.. landmarks.Select(points => points?.Mirror(options.Size))] : landmarks,
            UnlabelledFacesLikely = placements.Any(placement => placement.UnlabelledFacesLikely),
        };
    }

    private static double MedianSide(List<Box> faces) =>
        faces.Count == 0 ? 0 : faces.Select(face => face.LongerSide).Order().ElementAt(faces.Count / 2);

    private Picture Render(
        IReadOnlyList<Placement> placements, IReadOnlyList<Occluder> occluders, double factor, Rotation rotation,
        Photometry photometry, bool mirrored)
    {
        var picture = CanvasRenderer.Render(placements, options.Size, factor);
        Occluder.Apply(occluders, picture, factor);
        picture = rotation.Apply(picture);
        photometry.Apply(picture);
        if (mirrored)
        {
            PictureMirror.Apply(picture);
        }

        return picture;
    }

    private List<Box> Mirrored(List<Box> boxes, bool mirrored) =>
        mirrored ? [.. boxes.Select(box => box.Mirror(options.Size))] : boxes;
}
