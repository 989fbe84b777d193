using System.Text;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Streams;

/// <summary>
/// Standard output for results. A disk that is full behind it becomes a fault of one line, as with a file, instead of
/// the end of the program; a reader that is gone ends the run.
/// </summary>
/// <param name="inner">Where the results really go.</param>
/// <param name="terminal">
/// Whether that is a terminal, which gets no escape sequences; files and programs get every name as it is.
/// </param>
internal sealed class ResultWriter(TextWriter inner, bool terminal = false) : TextWriter(inner.FormatProvider)
{
    private const string Name = "standard output";

    // EPIPE; ERROR_BROKEN_PIPE and ERROR_NO_DATA of Windows.
    private static readonly int[] BrokenPipe = [32, unchecked((int)0x8007006D), unchecked((int)0x800700E8)];

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
    public override void Write(char value) => Guard(() =>
    {
        if (terminal)
        {
            inner.Write(PlainText.Lines(value.ToString()));
        }
        else
        {
            inner.Write(value);
        }
    });

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(string? value) => Guard(() => inner.Write(Shown(value)));

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Guard(() => inner.WriteLine(Shown(value)));

    /// <inheritdoc/>
    public override void Flush() => Guard(inner.Flush);

    private string? Shown(string? value) => terminal && value is not null ? PlainText.Lines(value) : value;

    private static void Guard(Action write)
    {
        try
        {
            write();
        }
        catch (IOException fault) when (BrokenPipe.Contains(fault.HResult))
        {
            throw new ReaderGoneException(fault);
        }
        catch (IOException fault)
        {
            throw AtomicFile.Refused(Name, fault);
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new FaceLoupeException($"{Name}: is closed; let it go to a file, a program or /dev/null.", fault);
        }
    }
}
