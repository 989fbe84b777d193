using FaceLoupe.Geometry;
using FaceLoupe.Imaging;

namespace FaceLoupe.Cli.Enhancing;

/// <summary>A higher-resolution version of an image.</summary>
internal sealed class ReferencePicture
{
    private readonly float _across;
    private readonly float _down;

    private ReferencePicture(Picture picture, float across, float down) =>
        (Picture, _across, _down) = (picture, across, down);

    public Picture Picture { get; }

    /// <summary>Reads the file and checks that it may be the same image.</summary>
    /// <param name="path">The higher-resolution version.</param>
    /// <param name="of">The image.</param>
    /// <exception cref="FaceLoupeException">It cannot be read, is not larger, or has other proportions.</exception>
    public static ReferencePicture Read(string path, Picture of)
    {
        var reference = PictureFile.Read(path);
        var (across, down) = ((float)reference.Width / of.Width, (float)reference.Height / of.Height);

        // Sides of the smaller image were rounded by at most half a pixel.
        var fits = Math.Abs(reference.Width - (down * of.Width)) <= down
            && Math.Abs(reference.Height - (across * of.Height)) <= across;
        return across > 1 && down > 1 && fits
            ? new ReferencePicture(reference, across, down)
            : throw new FaceLoupeException(
                $"--reference {path}: is {reference.Width}x{reference.Height} px, which is not an enlargement of the "
                + $"input's {of.Width}x{of.Height} px; give a larger version of the same image.");
    }

    /// <summary>A box of the image in pixels of the reference.</summary>
    public Box Of(in Box box) => box.Scale(_across, _down);
}
