using System.Text;
using System.Text.RegularExpressions;
using FaceLoupe.Storage;

namespace FaceLoupe.Datasets;

/// <summary>XML files as text, in the encoding that they declare, also those that .NET alone does not know.</summary>
internal static partial class XmlText
{
    private const int DeclarationLength = 200;

    /// <summary>Opens a file.</summary>
    /// <exception cref="FaceLoupeException">It declares an unknown encoding.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static StreamReader Open(string file)
    {
        var bytes = InputFile.ReadAllBytes(file);
        var start = Encoding.Latin1.GetString(bytes, 0, Math.Min(bytes.Length, DeclarationLength));
        return new StreamReader(
            new MemoryStream(bytes), EncodingOf(Declared().Match(start), file), detectEncodingFromByteOrderMarks: true);
    }

    // A declaration that is readable as single bytes cannot be right about UTF-16; only a byte order mark is.
    private static Encoding EncodingOf(Match declared, string file)
    {
        if (!declared.Success || declared.Groups[1].Value.StartsWith("utf-", StringComparison.OrdinalIgnoreCase))
        {
            return Encoding.UTF8;
        }

        var name = declared.Groups[1].Value;
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (ArgumentException fault)
        {
            throw new FaceLoupeException(
                $"{file}: declares the encoding '{name}', which is not known; save it as UTF-8.", fault);
        }
    }

    [GeneratedRegex("""^<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._:-]+)["']""")]
    private static partial Regex Declared();
}
