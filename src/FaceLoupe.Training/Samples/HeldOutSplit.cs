using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FaceLoupe.Datasets;

namespace FaceLoupe.Training.Samples;

/// <summary>
/// Holds out a share of a data set's images for model selection and calibration. They are chosen by a hash of their
/// names, so independently of the file's order.
/// </summary>
internal static class HeldOutSplit
{
    /// <summary>Largest allowed share.</summary>
    public const double MostShare = 0.5;

    /// <summary>The two parts, each in the order of the data set.</summary>
    /// <param name="pictures">All images.</param>
    /// <param name="share">Share to hold out, 0 to 0.5; rounded to whole images.</param>
    /// <exception cref="FaceLoupeException">The share is out of range.</exception>
    public static (IReadOnlyList<AnnotatedPicture> Training, IReadOnlyList<AnnotatedPicture> HeldOut) Of(
        IReadOnlyList<AnnotatedPicture> pictures, double share)
    {
        if (!(share is >= 0 and <= MostShare))
        {
            throw new FaceLoupeException(string.Create(
                CultureInfo.InvariantCulture,
                $"A held-out share of {share}: give a number from 0 to {MostShare}, such as 0.125 for an eighth of the "
                    + $"images."));
        }

        var count = (int)Math.Round(pictures.Count * share);
        var heldOut = pictures.OrderBy(picture => Hash(picture.Name)).ThenBy(
            picture => picture.Name, StringComparer.Ordinal)
            .Take(count).ToHashSet();
        return ([.. pictures.Where(picture => !heldOut.Contains(picture))], [.. pictures.Where(heldOut.Contains)]);
    }

    private static ulong Hash(string name) =>
        BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
}
