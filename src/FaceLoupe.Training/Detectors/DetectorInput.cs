using FaceLoupe.Imaging;

namespace FaceLoupe.Training.Detectors;

/// <summary>Format of a detector's image.</summary>
/// <param name="Name">Name of the network's input, [1, 3, height, width].</param>
/// <param name="BlueFirst">Channels in the order blue, green, red.</param>
/// <param name="Mean">Subtracted from red, green and blue.</param>
/// <param name="Scale">Factor after the subtraction.</param>
/// <param name="Side">Fixed height and width; 0: free.</param>
/// <param name="Multiple">Free sizes are padded to a multiple of this.</param>
/// <param name="Padding">Grey level of the padding, right and below.</param>
internal sealed record DetectorInput(
    string Name, bool BlueFirst = false, (float Red, float Green, float Blue) Mean = default, float Scale = 1,
    int Side = 0, int Multiple = 32, byte Padding = 0)
{
    /// <summary>Size of the tensor that holds an image of the given size.</summary>
    public (int Width, int Height) SizeFor(int width, int height) =>
        Side > 0 ? (Side, Side) : (RoundUp(width), RoundUp(height));

    /// <summary>The tensor's numbers; the image lies at its top left.</summary>
    public float[] Fill(Picture picture)
    {
        var (width, height) = SizeFor(picture.Width, picture.Height);
        var plane = width * height;
        var values = new float[3 * plane];
        ReadOnlySpan<float> means = [Mean.Red, Mean.Green, Mean.Blue];
        for (var channel = 0; channel < 3; channel++)
        {
            var target = values.AsSpan((BlueFirst ? 2 - channel : channel) * plane, plane);
            target.Fill((Padding - means[channel]) * Scale);
            for (var y = 0; y < picture.Height; y++)
            {
                var row = target.Slice(y * width, picture.Width);
                for (int x = 0, from = picture.OffsetOf(0, y) + channel; x < row.Length; x++, from += 3)
                {
                    row[x] = (picture.Pixels[from] - means[channel]) * Scale;
                }
            }
        }

        return values;
    }

    private int RoundUp(int side) => (side + Multiple - 1) / Multiple * Multiple;
}
