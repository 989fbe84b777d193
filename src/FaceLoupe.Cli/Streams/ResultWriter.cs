using System.Text;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Streams;

/// <summary>
/// Standard output for results. A full disk causes a fault of one line, as with a file; a closed pipe ends the run.
/// </summary>
/// <param name="inner">The underlying writer.</param>
/// <param name="terminal">
/// Whether it is a terminal, which gets no escape sequences; files and programs get names unchanged.
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
    public override void Write(char value) => Tell(() =>
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
    public override void Write(string? value) => Tell(() => inner.Write(Shown(value)));

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Tell(() => inner.WriteLine(Shown(value)));

    /// <inheritdoc/>
    public override void Flush() => Tell(inner.Flush);

    private string? Shown(string? value) => terminal && value is not null ? PlainText.Lines(value) : value;

    private static void Tell(Action write)
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
            throw new FaceLoupeException($"{Name}: is closed; redirect it to a file, a program or /dev/null.", fault);
        }
    }
}

/// <summary>The reader of standard output, such as <c>head</c>, has closed the pipe, so the run ends.</summary>
internal sealed class ReaderGoneException(IOException fault) : Exception(fault.Message, fault);
