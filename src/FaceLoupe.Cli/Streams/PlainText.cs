using System.Globalization;
using System.Text;

namespace FaceLoupe.Cli.Streams;

/// <summary>
/// Text that is safe for a terminal. File names come from strangers and may have escape sequences, line ends and marks
/// that change the direction of text.
/// </summary>
internal static class PlainText
{
    private const int NonJoiner = 0x200C;
    private const int Joiner = 0x200D;

    /// <summary>One line: control and format characters are written as their codes, such as <c>\u001B</c>.</summary>
    public static string Line(string text) => Escape(text, keepLines: false);

    /// <summary>The same for several lines, whose ends are kept.</summary>
    public static string Lines(string text) => Escape(text, keepLines: true);

    private static string Escape(string text, bool keepLines)
    {
        StringBuilder? plain = null;
        var copied = 0;
        for (var at = 0; at < text.Length;)
        {
            // Half of a surrogate pair, which a file name may have, is escaped too.
            var whole = Rune.TryGetRuneAt(text, at, out var rune);
            var (length, code) = whole ? (rune.Utf16SequenceLength, rune.Value) : (1, text[at]);
            if (!whole || MustGo(rune, keepLines))
            {
                plain ??= new StringBuilder(text.Length + 16);
                plain.Append(text, copied, at - copied).Append(Code(code));
                copied = at + length;
            }

            at += length;
        }

        return plain is null ? text : plain.Append(text, copied, text.Length - copied).ToString();
    }

    // Two format characters are part of words and emoji and change no direction.
    private static bool MustGo(Rune rune, bool keepLines) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control => rune.Value != '\t' && !(keepLines && (rune.Value is '\n' or '\r')),
        UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        UnicodeCategory.Format => rune.Value is not (NonJoiner or Joiner),
        _ => false,
    };

    private static string Code(int code) => code switch
    {
        '\n' => @"\n",
        '\r' => @"\r",
        <= char.MaxValue => string.Create(CultureInfo.InvariantCulture, $@"\u{code:X4}"),
        _ => string.Create(CultureInfo.InvariantCulture, $@"\U{code:X8}"),
    };
}
