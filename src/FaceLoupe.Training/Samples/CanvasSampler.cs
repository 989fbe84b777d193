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
            pictures.HaveFaces ? options.WindowWeight : 0,
            pictures.HaveMistakes ? options.MistakeWeight : 0,
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
        var upsampled = random.Chance(options.UpsampledShare);
        var smaller = upsampled && options.Enlargements.Count > 0;
        var sized = smaller
            ? options.BeforeEnlargement(options.Enlargements[random.NextInt(options.Enlargements.Count)])
            : upsampled ? upsampledOptions : options;
        if (smaller && withHighResolution)
        {
            throw new InvalidOperationException("Canvases by enlargements have no high-resolution view.");
        }

        var placements = random.Weighted(modeWeights) switch
        {
            0 => single.DrawFace(sized, random),
            1 => crowd.Draw(sized, random),
            2 => single.DrawNegative(sized, random),
            3 => single.DrawWindow(sized, random),
            _ => single.DrawMistake(sized, random),
        };
        var landmarks = new List<FaceLandmarks?>();
        var (faces, ignored) = CanvasFaces.Sort(placements, sized, landmarks);
        var photometry = Photometry.Draw(options.Photometry, random);
        var mirrored = random.Chance(options.MirrorChance);

        var rotation = Rotation.Draw(options.RotationChance, options.MaxRotation, random);
        var occluders = Occluder.Draw(faces, options.OccluderChance, sized.Size, random);
        var scale = upsampled && !smaller ? 0.5 : 1;

        var native = Render(placements, occluders, sized.Size, scale, rotation, photometry, mirrored);
        native = Degradation.Apply(
            native, options.Degradation, photometry.IsGrayscale, random, scale * MedianSide(faces));
        (faces, ignored) = rotation.Apply(faces, ignored, sized.Size, sized.MinVisible, landmarks);
        var view = withHighResolution
            ? Render(placements, occluders, sized.Size, options.HighResolutionFactor, rotation, photometry, mirrored)
            : null;
        var enlargement = (float)options.Size / sized.Size;
        return new TrainingCanvas(
            upsampled ? Resampler.Resize(native, options.Size, options.Size) : native, view, OnCanvas(faces),
            OnCanvas(ignored))
        {
            Native = upsampled ? native : null,
            Landmarks =
            [
                .. landmarks.Select(points => (mirrored ? points?.Mirror(sized.Size) : points)?.Scale(
                    enlargement, enlargement)),
            ],
            UnlabelledFacesLikely = placements.Any(placement => placement.UnlabelledFacesLikely),
        };

        List<Box> OnCanvas(List<Box> boxes) =>
            [.. boxes.Select(box => (mirrored ? box.Mirror(sized.Size) : box).Scale(enlargement))];
    }

    private static double MedianSide(List<Box> faces) =>
        faces.Count == 0 ? 0 : faces.Select(face => face.LongerSide).Order().ElementAt(faces.Count / 2);

    private static Picture Render(
        IReadOnlyList<Placement> placements, IReadOnlyList<Occluder> occluders, int size, double factor,
        Rotation rotation, Photometry photometry, bool mirrored)
    {
        var picture = CanvasRenderer.Render(placements, size, factor);
        Occluder.Apply(occluders, picture, factor);
        picture = rotation.Apply(picture);
        photometry.Apply(picture);
        if (mirrored)
        {
            PictureMirror.Apply(picture);
        }

        return picture;
    }
}
