using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace FaceLoupe.Cli.Streams;

/// <summary>A writer whose texts are changed and whose faults are handled before they reach another writer.</summary>
/// <param name="inner">The underlying writer.</param>
internal abstract class GuardedWriter(TextWriter inner) : TextWriter(inner.FormatProvider)
{
    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <inheritdoc/>
    [AllowNull]
    public override string NewLine
    {
        get => inner.NewLine;
        set => inner.NewLine = value;
    }

    /// <summary>The underlying writer.</summary>
    protected TextWriter Inner => inner;

    /// <inheritdoc/>
    public override void Write(char value) => Write(value.ToString());

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(string? value) => Guard(() => inner.Write(Shown(value ?? string.Empty, isLine: false)));

    /// <inheritdoc/>
    public override void WriteLine(string? value) =>
        Guard(() => inner.WriteLine(Shown(value ?? string.Empty, isLine: true)));

    /// <inheritdoc/>
    public override void Flush() => Guard(inner.Flush);

    /// <summary>The text that is written.</summary>
    /// <param name="text">The given text.</param>
    /// <param name="isLine">Whether it is one line.</param>
    protected abstract string Shown(string text, bool isLine);

    /// <summary>Writes, and handles faults.</summary>
    protected abstract void Guard(Action write);
}
