using System.Text;

namespace FaceLoupe.Cli.Streams;

/// <summary>
/// Standard error for people. A line that is written stays one line and does nothing to a terminal; where standard
/// error is closed there is nobody to tell.
/// </summary>
/// <param name="inner">Where the text really goes.</param>
internal sealed class ErrorWriter(TextWriter inner) : TextWriter(inner.FormatProvider)
{
    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <inheritdoc/>
    [System.Diagnostics.CodeAnalysis.AllowNull]
    public override string NewLine
    {
        get => inner.NewLine;
        set => inner.NewLine = value;
    }

    /// <summary>The terminal itself, for who draws on it; null if there is none.</summary>
    public static TextWriter? Terminal(TextWriter error) =>
        error is ErrorWriter writer && ReferenceEquals(writer.Inner, Console.Error) && !Console.IsErrorRedirected
            ? writer.Inner
            : null;

    private TextWriter Inner => inner;

    /// <inheritdoc/>
    public override void Write(char value) => Write(value.ToString());

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(string? value) => Try(() => inner.Write(PlainText.Lines(value ?? string.Empty)));

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Try(() => inner.WriteLine(PlainText.Line(value ?? string.Empty)));

    /// <inheritdoc/>
    public override void Flush() => Try(inner.Flush);

    private static void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Closed, or a full disk behind it.
        }
    }
}
