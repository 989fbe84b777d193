using FaceLoupe.Imaging;

namespace FaceLoupe.Cli.Detection;

/// <summary>The report for an image whose file is damaged.</summary>
internal static class DamagedPicture
{
    /// <summary>One line about the damage; null: there is none.</summary>
    /// <param name="picture">The image.</param>
    /// <param name="path">Its file.</param>
    /// <param name="strict">Whether it is refused.</param>
    /// <param name="way">The alternative.</param>
    /// <exception cref="UnreadablePictureException">It is damaged and refused.</exception>
    public static string? Note(Picture picture, string path, bool strict, string way) =>
        picture.Damage is not { } damage ? null
            : strict ? throw new UnreadablePictureException(
                $"{path}: the file is damaged: {damage}; get a whole copy, or {way}.")
            : $"{path}: the file is damaged: {damage}; faces may be missing or wrong ({way}).";
}
