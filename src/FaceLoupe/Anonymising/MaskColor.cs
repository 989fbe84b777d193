using System.Globalization;

namespace FaceLoupe.Anonymising;

/// <summary>A colour, sRGB.</summary>
/// <param name="Red">Red, from 0 to 255.</param>
/// <param name="Green">Green, from 0 to 255.</param>
/// <param name="Blue">Blue, from 0 to 255.</param>
public readonly record struct MaskColor(byte Red, byte Green, byte Blue)
{
    /// <summary>Reads <c>#RRGGBB</c> (the # may be left out), <c>black</c>, <c>white</c> or <c>grey</c>.</summary>
    /// <param name="text">The text, in any case.</param>
    /// <param name="color">The colour; black if the text is not one.</param>
    /// <returns>Whether the text is a colour.</returns>
    public static bool TryParse(string? text, out MaskColor color)
    {
        color = default;
        var digits = text?.Trim().ToUpperInvariant() switch
        {
            "BLACK" => "000000",
            "WHITE" => "FFFFFF",
            "GREY" or "GRAY" => "808080",
            { } other => other.StartsWith('#') ? other[1..] : other,
            null => string.Empty,
        };
        if (digits.Length != 6 || !digits.All(char.IsAsciiHexDigit))
        {
            return false;
        }

        var value = int.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        color = new MaskColor((byte)(value >> 16), (byte)(value >> 8), (byte)value);
        return true;
    }

    /// <summary>The colour as <c>#RRGGBB</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"#{Red:X2}{Green:X2}{Blue:X2}");
}
