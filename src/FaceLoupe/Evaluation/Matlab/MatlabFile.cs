using System.Text;
using FaceLoupe.Storage;

namespace FaceLoupe.Evaluation.Matlab;

/// <summary>
/// The variables of a MATLAB 5 file (what <c>save -v6</c> and <c>-v7</c> write), as far as WIDER FACE uses the format:
/// numbers, texts, cells and structures, compressed or not. Files of version 7.3 are HDF5 and not read here.
/// </summary>
internal sealed class MatlabFile
{
    private const int HeaderLength = 128;
    private const int DeepestNesting = 32;

    private readonly Dictionary<string, MatlabValue> _variables = new(StringComparer.Ordinal);

    private MatlabFile(string path) => Path = path;

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The variables' names.</summary>
    public IReadOnlyCollection<string> Names => _variables.Keys;

    /// <summary>Reads a file.</summary>
    /// <exception cref="FaceLoupeException">The file cannot be read, or is no MATLAB 5 file.</exception>
    public static MatlabFile Read(string path)
    {
        return InputFile.Reading(path, () => Parse(InputFile.ReadAllBytes(path), path), "the MATLAB file");
    }

    /// <summary>Parses the bytes of a file; <paramref name="path"/> appears in messages.</summary>
    public static MatlabFile Parse(ReadOnlyMemory<byte> bytes, string path)
    {
        if (bytes.Length < HeaderLength
            || !Encoding.ASCII.GetString(bytes.Span[..6]).Equals("MATLAB", StringComparison.Ordinal)
            || bytes.Span[125] != 1 || bytes.Span[126] != 'I' || bytes.Span[127] != 'M')
        {
            throw new FaceLoupeException(
                $"{path}: not a little-endian MATLAB 5 file; expected one as written by 'save -v7' (7.3 is another "
                + "format).");
        }

        var file = new MatlabFile(path);
        try
        {
            var elements = new MatlabElements(bytes[HeaderLength..]);
            while (!elements.AtEnd)
            {
                file.Add(elements.Next());
            }
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException) // zlib has one of its own
        {
            throw new FaceLoupeException(
                $"{path}: the MATLAB file is damaged: {fault.Message.TrimEnd('.')}; fetch it again.", fault);
        }

        return file;
    }

    /// <summary>A variable of a given kind.</summary>
    /// <exception cref="FaceLoupeException">There is none.</exception>
    public T Get<T>(string name)
        where T : MatlabValue => _variables.TryGetValue(name, out var value) && value is T expected
        ? expected
        : throw new FaceLoupeException(
            $"{Path}: holds no variable '{name}' of the expected type; holds {string.Join(", ", Names)}.");

    private void Add(in MatlabElement element)
    {
        if (element.Type == MatlabType.Compressed)
        {
            var unfolded = new MatlabElements(MatlabElements.Unfold(element));
            while (!unfolded.AtEnd)
            {
                AddMatrix(unfolded.Next());
            }
        }
        else
        {
            AddMatrix(element);
        }
    }

    private void AddMatrix(in MatlabElement element)
    {
        if (element.Type == MatlabType.Matrix)
        {
            var (name, value) = MatlabMatrix.Read(element.Data, DeepestNesting);
            _variables[name] = value;
        }
    }
}
