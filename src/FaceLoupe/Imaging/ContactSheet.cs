namespace FaceLoupe.Imaging;

/// <summary>Lays small images out in rows, to inspect by eye what a loss hides.</summary>
internal static class ContactSheet
{
    private const byte GapValue = 32;

    /// <summary>
    /// One row of a sheet: the low resolution as it is, its bicubic enlargement, the generated image, and the real one.
    /// </summary>
    public static IReadOnlyList<Picture> Row(Picture low, Picture generated, Picture? real) =>
    [
        low,
        Resampler.Resize(low, generated.Width, generated.Height),
        generated,
        .. real is null ? (ReadOnlySpan<Picture>)[] : [real],
    ];

    /// <summary>
    /// Lays rows out in cells as large as the largest image; smaller images are enlarged by whole numbers with hard
    /// pixels, and stand in the middle of their cell.
    /// </summary>
    /// <param name="rows">Rows from the top; they may differ in length.</param>
    /// <param name="gap">Dark pixels around every cell.</param>
    public static Picture Layout(IReadOnlyList<IReadOnlyList<Picture>> rows, int gap = 2)
    {
        var columns = rows.Select(row => row.Count).DefaultIfEmpty(0).Max();
        if (columns == 0)
        {
            throw new ArgumentException("A contact sheet needs at least one image.", nameof(rows));
        }

        var cellWidth = rows.Max(row => row.Select(picture => picture.Width).DefaultIfEmpty(0).Max());
        var cellHeight = rows.Max(row => row.Select(picture => picture.Height).DefaultIfEmpty(0).Max());
        var sheet = new Picture((columns * (cellWidth + gap)) + gap, (rows.Count * (cellHeight + gap)) + gap);
        Array.Fill(sheet.Pixels, GapValue);
        for (var row = 0; row < rows.Count; row++)
        {
            for (var column = 0; column < rows[row].Count; column++)
            {
                var picture = rows[row][column];
                var factor = Math.Min(cellWidth / picture.Width, cellHeight / picture.Height);
                var x = gap + (column * (cellWidth + gap)) + ((cellWidth - (picture.Width * factor)) / 2);
                var y = gap + (row * (cellHeight + gap)) + ((cellHeight - (picture.Height * factor)) / 2);
                Paste(picture, sheet, x, y, factor);
            }
        }

        return sheet;
    }

    /// <summary>Lays rows out and writes them as an image file.</summary>
    public static void Write(string path, IReadOnlyList<IReadOnlyList<Picture>> rows) =>
        PictureFile.Write(Layout(rows), path);

    private static void Paste(Picture source, Picture target, int left, int top, int factor)
    {
        for (var y = 0; y < source.Height * factor; y++)
        {
            for (var x = 0; x < source.Width * factor; x++)
            {
                var from = source.OffsetOf(x / factor, y / factor);
                source.Pixels.AsSpan(from, 3).CopyTo(target.Pixels.AsSpan(target.OffsetOf(left + x, top + y), 3));
            }
        }
    }
}
