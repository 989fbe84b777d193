using System.Text;

namespace FaceLoupe.Cli;

/// <summary>
/// Standard output for results. A disk that is full behind it becomes a fault of one line, as with a file, instead of the
/// end of the program.
/// </summary>
/// <param name="inner">Where the results really go.</param>
internal sealed class ResultWriter(TextWriter inner) : TextWriter(inner.FormatProvider)
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

    /// <inheritdoc/>
    public override void Write(char value) => Tell(() => inner.Write(value));

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Tell(() => inner.Write(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(string? value) => Tell(() => inner.Write(value));

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Tell(() => inner.WriteLine(value));

    /// <inheritdoc/>
    public override void Flush() => Tell(inner.Flush);

    private static void Tell(Action write)
    {
        try
        {
            write();
        }
        catch (IOException fault)
        {
            throw AtomicFile.Refused("standard output", fault);
        }
    }
}
