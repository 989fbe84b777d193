using System.Text;

namespace FaceLoupe.Cli.Streams;

/// <summary>
/// Standard error for people. Each line stays one line, without escape sequences; if standard error is closed, lines
/// are dropped.
/// </summary>
/// <param name="inner">The underlying writer.</param>
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

    /// <summary>The terminal, to draw on; null if there is none.</summary>
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
            // Closed, or redirected to a full disk.
        }
    }
}
