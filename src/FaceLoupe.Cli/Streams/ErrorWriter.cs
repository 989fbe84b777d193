namespace FaceLoupe.Cli.Streams;

/// <summary>
/// Standard error for people. Each line stays one line, without escape sequences; if standard error is closed, lines
/// are dropped.
/// </summary>
/// <param name="inner">The underlying writer.</param>
internal sealed class ErrorWriter(TextWriter inner) : GuardedWriter(inner)
{
    /// <summary>The terminal, to draw on; null if there is none.</summary>
    public static TextWriter? Terminal(TextWriter error) =>
        error is ErrorWriter writer && ReferenceEquals(writer.Inner, Console.Error) && !Console.IsErrorRedirected
            ? writer.Inner
            : null;

    /// <inheritdoc/>
    protected override string Shown(string text, bool isLine) =>
        isLine ? PlainText.Line(text) : PlainText.Lines(text);

    /// <inheritdoc/>
    protected override void Guard(Action write)
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
