namespace FaceLoupe.Cli.Annotation;

/// <summary>
/// Ten digits and a point, 5x7 dots. Drawn by ourselves because a server or container often has no font at all.
/// </summary>
internal static class DigitFont
{
    /// <summary>Height of a line, in dots.</summary>
    public const int Height = 7;

    private static readonly Dictionary<char, string[]> Glyphs = new()
    {
        ['0'] = [" ### ", "#   #", "#  ##", "# # #", "##  #", "#   #", " ### "],
        ['1'] = ["  #  ", " ##  ", "  #  ", "  #  ", "  #  ", "  #  ", " ### "],
        ['2'] = [" ### ", "#   #", "    #", "  ## ", " #   ", "#    ", "#####"],
        ['3'] = [" ### ", "#   #", "    #", "  ## ", "    #", "#   #", " ### "],
        ['4'] = ["   # ", "  ## ", " # # ", "#  # ", "#####", "   # ", "   # "],
        ['5'] = ["#####", "#    ", "#### ", "    #", "    #", "#   #", " ### "],
        ['6'] = [" ### ", "#    ", "#    ", "#### ", "#   #", "#   #", " ### "],
        ['7'] = ["#####", "    #", "   # ", "   # ", "  #  ", "  #  ", "  #  "],
        ['8'] = [" ### ", "#   #", "#   #", " ### ", "#   #", "#   #", " ### "],
        ['9'] = [" ### ", "#   #", "#   #", " ####", "    #", "    #", " ### "],
        ['.'] = [" ", " ", " ", " ", " ", " ", "#"],
    };

    /// <summary>Width of a text, in dots.</summary>
    public static int Width(string text) => text.Sum(letter => Glyphs[letter][0].Length + 1) - 1;

    /// <summary>The dots of a text, from its top left corner.</summary>
    public static IEnumerable<(int X, int Y)> Dots(string text)
    {
        var left = 0;
        foreach (var letter in text)
        {
            var rows = Glyphs[letter];
            for (var y = 0; y < rows.Length; y++)
            {
                for (var x = 0; x < rows[y].Length; x++)
                {
                    if (rows[y][x] == '#')
                    {
                        yield return (left + x, y);
                    }
                }
            }

            left += rows[0].Length + 1;
        }
    }
}
