using FaceLoupe.Datasets;
using FaceLoupe.Imaging;
using FaceLoupe.Training.Samples;
using FaceLoupe.Training.Samples.Sources;

namespace FaceLoupe.Training.Mining;

/// <summary>The whole images of the data in order, from which the paper crops its samples (4.2).</summary>
internal sealed class WholePictures
{
    private readonly IReadOnlyList<(AnnotatedPicture Picture, bool UnlabelledFacesLikely)> pictures;
    private readonly double ignoreBelow;

    /// <param name="sources">The data; weights are ignored, since every image is used once.</param>
    /// <param name="ignoreBelow">Faces with a shorter longer side, px, are neither faces nor background.</param>
    /// <param name="most">Maximum number of images, spread evenly over the data.</param>
    public WholePictures(IReadOnlyList<CanvasSource> sources, double ignoreBelow, int most)
    {
        this.ignoreBelow = ignoreBelow;
        pictures = EvenSample.Of(
            [.. sources.SelectMany(source =>
                source.Folder.Pictures.Select(picture => (picture, source.UnlabelledFacesLikely)))],
            most);
    }

    /// <summary>Number of images.</summary>
    public int Count => pictures.Count;

    /// <summary>Reads an image by its number, with its faces.</summary>
    public TrainingCanvas Read(long index)
    {
        var (picture, unlabelledFacesLikely) = pictures[(int)index];
        var faces = picture.Faces.ToLookup(face => !face.Invalid && face.Box.LongerSide >= ignoreBelow);
        return new TrainingCanvas(
            PictureFile.Read(picture.Path), null,
            [.. faces[true].Select(face => face.Box)], [.. faces[false].Select(face => face.Box)])
        {
            Landmarks = [.. faces[true].Select(face => face.Landmarks)],
            UnlabelledFacesLikely = unlabelledFacesLikely,
            Name = picture.Name,
        };
    }
}
