using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using FaceLoupe.Storage;

namespace FaceLoupe.Anonymising;

/// <summary>Reads and writes certificates as JSON. Keys are camelCase; unknown and double keys are refused.</summary>
public static class MaskCertificateFile
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>Reads a certificate.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FaceLoupeException">It cannot be read, or its numbers do not support its claim.</exception>
    public static MaskCertificate Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        byte[] bytes;
        MaskCertificate? certificate;
        try
        {
            bytes = InputFile.ReadAllBytes(path);
            certificate = JsonSerializer.Deserialize<MaskCertificate>(bytes, Options);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new FaceLoupeException(
                $"{path}: the certificate cannot be read: {fault.Message.ReplaceLineEndings(" ")}", fault);
        }
        catch (JsonException fault)
        {
            throw new FaceLoupeException(
                $"{path}: not a certificate as 'faceloupe certify' writes it: {JsonWords.Of(fault)}. Certify again.",
                fault);
        }

        return certificate is not null && Fault(certificate) is not { } wrong
            ? certificate with { File = path, FileSha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)) }
            : throw new FaceLoupeException(
                $"{path}: not a valid certificate: {(certificate is null ? "it says null" : Fault(certificate))}. "
                    + "Certify again.");
    }

    /// <summary>The text of a certificate with its checksum, indented, with a line end after it.</summary>
    public static string Format(MaskCertificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return JsonSerializer.Serialize(certificate with { Checksum = ChecksumOf(certificate) }, Options) + "\n";
    }

    // Of the values, not of the bytes: blanks and line ends may change in transit.
    private static string ChecksumOf(MaskCertificate certificate) => Convert.ToHexStringLower(
        SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(certificate with { Checksum = null }, Options)));

    /// <summary>Writes a certificate, under a temporary name first.</summary>
    /// <exception cref="FaceLoupeException">The file system refused.</exception>
    public static void Write(MaskCertificate certificate, string path) =>
        AtomicFile.WriteAllText(path, Format(certificate));

    // Detects edited or truncated certificates: the checksum must match, and the counts must support the claim.
    private static string? Fault(MaskCertificate certificate)
    {
        if (certificate.FormatVersion != MaskCertificate.CurrentFormatVersion)
        {
            return $"its format version is {certificate.FormatVersion}, this program reads "
                + $"{MaskCertificate.CurrentFormatVersion}";
        }

        if (certificate is not { Miss: > 0 and < 1, Confidence: > 0 and < 1, Threshold: >= 0 and <= 1, Pictures: > 0,
            PicturesWithMiss: >= 0 }
            || certificate.ModelSha256.Length != 64)
        {
            return "a number or hash in it is out of range";
        }

        if (certificate.Checksum != ChecksumOf(certificate))
        {
            return certificate.Checksum is null
                ? "it has no checksum"
                : "its checksum does not match, so it was changed after it was made";
        }

        return BinomialTest.PValue(certificate.PicturesWithMiss, certificate.Pictures,
            certificate.Miss) > 1 - certificate.Confidence
            ? FormattableString.Invariant(
                $"{certificate.PicturesWithMiss} misses in {certificate.Pictures} images do not show ")
                + FormattableString.Invariant(
                    $"a rate below {certificate.Miss} with a confidence of {certificate.Confidence}")
            : null;
    }
}
