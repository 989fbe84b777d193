using System.Globalization;
using System.Text;
using FaceLoupe.Web.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace FaceLoupe.Web.Uploads;

/// <summary>
/// Reads the image of a request: the file of a multipart form, or the body itself. Nothing touches the disk; the
/// framework's own form reader would write large files to a temporary folder.
/// </summary>
internal static class UploadReader
{
    private const int MaxFieldBytes = 1 << 20;
    private const int MaxFields = 8;
    private const int MaxNameLength = 255;

    // RFC 2046, 5.1.1.
    private const int MaxBoundaryLength = 70;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Reads the image of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="limits">What is taken.</param>
    /// <param name="memory">Counts what is kept of it.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <exception cref="RequestRefusedException">400, 413, 415 or 503.</exception>
    public static async Task<Upload> ReadAsync(
        HttpRequest request, ServeOptions limits, UploadMemory.Share memory, CancellationToken cancellation)
    {
        var most = limits.MaxUploadBytes + MaxFieldBytes;
        if (request.ContentLength > most)
        {
            throw TooLarge(limits);
        }

        var body = new CountedBody(request.Body, most, () => TooLarge(limits));

        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
        {
            throw Unsupported(request.ContentType);
        }

        if (type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            return await ReadFormAsync(body, type, limits, memory, cancellation);
        }

        if (type.Type.Equals("image", StringComparison.OrdinalIgnoreCase)
            || type.MediaType.Equals("application/octet-stream", StringComparison.OrdinalIgnoreCase))
        {
            var bytes = await ReadPictureAsync(body, limits, memory, cancellation);
            return new Upload("picture", bytes, new Dictionary<string, string>());
        }

        throw Unsupported(request.ContentType);
    }

    private static async Task<Upload> ReadFormAsync(
        CountedBody body,
        MediaTypeHeaderValue type,
        ServeOptions limits,
        UploadMemory.Share memory,
        CancellationToken cancellation)
    {
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (string.IsNullOrEmpty(boundary))
        {
            throw RequestRefusedException.BadParameter("The multipart form names no boundary.");
        }

        if (boundary.Length > MaxBoundaryLength)
        {
            throw RequestRefusedException.BadParameter(string.Create(
                CultureInfo.InvariantCulture,
                $"The boundary of the multipart form has {boundary.Length} letters; at most {MaxBoundaryLength} are "
                    + $"allowed."));
        }

        string? name = null;
        ReadOnlyMemory<byte> picture = default;
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        var reader = new MultipartReader(boundary, body);
        try
        {
            while (await reader.ReadNextSectionAsync(cancellation) is { } section)
            {
                if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var part))
                {
                    throw RequestRefusedException.BadParameter("A part of the multipart form has no name.");
                }

                if (part.IsFileDisposition())
                {
                    if (name is not null)
                    {
                        throw RequestRefusedException.BadParameter("The form holds several files; send one at a time.");
                    }

                    name = NameOf(part);
                    picture = await ReadPictureAsync(section.Body, limits, memory, cancellation);
                }
                else if (fields.Count == MaxFields)
                {
                    throw RequestRefusedException.BadParameter("The form has too many fields.");
                }
                else
                {
                    var field = HeaderUtilities.RemoveQuotes(part.Name).ToString();
                    if (!fields.TryAdd(field, await ReadFieldAsync(section.Body, memory, cancellation)))
                    {
                        throw RequestRefusedException.BadParameter($"The field '{field}' is given more than once.");
                    }
                }
            }
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw RequestRefusedException.BadParameter("The multipart form is damaged or cut short.");
        }

        return name is null
            ? throw RequestRefusedException.BadPicture(
                "The form holds no file; send the image as a file, for example with curl -F file=@IMAGE.")
            : new Upload(name, picture, fields);
    }

    private static async Task<ReadOnlyMemory<byte>> ReadPictureAsync(
        Stream body, ServeOptions limits, UploadMemory.Share memory, CancellationToken cancellation)
    {
        // It grows as the image arrives: a claimed length reserves no memory.
        var bytes = new MemoryStream();
        var buffer = new byte[1 << 16];
        while (await body.ReadAsync(buffer, cancellation) is var count and > 0)
        {
            if (bytes.Length + count > limits.MaxUploadBytes)
            {
                throw TooLarge(limits);
            }

            memory.Add(count);
            bytes.Write(buffer, 0, count);
        }

        return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
    }

    private static async Task<string> ReadFieldAsync(
        Stream body, UploadMemory.Share memory, CancellationToken cancellation)
    {
        var bytes = new MemoryStream();
        var buffer = new byte[1 << 12];
        while (await body.ReadAsync(buffer, cancellation) is var count and > 0)
        {
            if (bytes.Length + count > MaxFieldBytes)
            {
                throw RequestRefusedException.BadParameter("A field of the form is longer than a megabyte.");
            }

            memory.Add(count);
            bytes.Write(buffer, 0, count);
        }

        try
        {
            return StrictUtf8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
        }
        catch (DecoderFallbackException)
        {
            throw RequestRefusedException.BadParameter("A field of the form is not text in UTF-8.");
        }
    }

    // Only the last part of a path, without control characters: it comes back in JSON and in messages. Browsers escape
    // a quote in a name.
    private static string NameOf(ContentDispositionHeaderValue part)
    {
        var given = part.FileNameStar.HasValue ? part.FileNameStar : part.FileName;
        var path = HeaderUtilities.RemoveQuotes(given).ToString().Replace('\\', '/')
            .Replace("%22", "\"", StringComparison.Ordinal);
        var name = string.Concat(path[(path.LastIndexOf('/') + 1)..].Where(letter => !char.IsControl(letter)));
        return name.Length switch
        {
            0 => "picture",
            > MaxNameLength when char.IsHighSurrogate(name[MaxNameLength - 1]) => name[..(MaxNameLength - 1)],
            > MaxNameLength => name[..MaxNameLength],
            _ => name,
        };
    }

    private static RequestRefusedException TooLarge(ServeOptions limits) => RequestRefusedException.TooLarge(
        FormattableString.Invariant($"The file is larger than the {limits.MaxUploadBytes} bytes this server takes."));

    private static RequestRefusedException Unsupported(string? type) => RequestRefusedException.NotAPicture(
        $"The content type is '{type}'; expected a multipart form, image/... or application/octet-stream.");
}
