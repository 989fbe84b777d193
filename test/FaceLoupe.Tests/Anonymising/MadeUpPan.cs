using FaceLoupe.Anonymising;
using FaceLoupe.Datasets;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;

namespace FaceLoupe.Tests.Anonymising;

/// <summary>
/// A video that a window makes of the sample image as it moves over it, with its 29 faces in each frame.
/// </summary>
internal sealed class MadeUpPan
{
    private readonly Picture _still = PictureFile.Read(RepositoryRoot.Combine("samples", "solvay-1927.jpg"));

    private readonly Box[] _people =
    [
        .. WiderFaceDataset.Read(RepositoryRoot.Combine("samples", "solvay-1927.bbx.txt"),
            RepositoryRoot.Combine("samples")).Pictures.Single().Faces.Select(face => face.Box),
    ];

    private readonly (int X, int Y)[] _places;

    /// <summary>Makes a pan.</summary>
    /// <param name="width">Width of the window, in pixels.</param>
    /// <param name="height">Height of the window, in pixels.</param>
    /// <param name="places">Where its upper left corner is in each frame.</param>
    public MadeUpPan(int width, int height, IEnumerable<(int X, int Y)> places)
    {
        (Width, Height) = (width, height);
        _places = [.. places];
    }

    /// <summary>Width of the window, in pixels.</summary>
    public int Width { get; }

    /// <summary>Height of the window, in pixels.</summary>
    public int Height { get; }

    /// <summary>The frames.</summary>
    public IEnumerable<Picture> Frames() => _places.Select(place =>
    {
        var frame = new Picture(Width, Height);
        for (var y = 0; y < Height; y++)
        {
            _still.Pixels.AsSpan(_still.OffsetOf(place.X, place.Y + y), 3 * Width)
                .CopyTo(frame.Pixels.AsSpan(frame.OffsetOf(0, y)));
        }

        return frame;
    });

    /// <summary>The faces as they lie in a frame, also those beyond its edges.</summary>
    public Box[] Faces(int frame) =>
        Array.ConvertAll(_people, box => box.Translate(-_places[frame].X, -_places[frame].Y));

    /// <summary>
    /// Of each face that a frame shows some of, the share of its pixels, within the ellipse in its box, that no mask
    /// hides; a face of which less than 2 pixels show is left out.
    /// </summary>
    /// <returns>Frame, number of the person, pixels of the face in the frame, share of them left visible.</returns>
    public IEnumerable<(int Frame, int Person, int Pixels, double Left)> Visible(
        IEnumerable<IReadOnlyList<FaceRegion>> masked)
    {
        var number = 0;
        foreach (var regions in masked)
        {
            var hidden = FacePixels.Hidden(regions, Width, Height);
            var faces = Faces(number);
            for (var person = 0; person < faces.Length; person++)
            {
                var pixels = FacePixels.Of(faces[person], Width, Height).ToArray();
                if (pixels.Length >= 2)
                {
                    yield return (
                        number, person, pixels.Length, pixels.Count(at => !hidden[at]) / (double)pixels.Length);
                }
            }

            number++;
        }
    }
}
