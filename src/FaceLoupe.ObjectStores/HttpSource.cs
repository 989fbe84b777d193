using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;

namespace FaceLoupe.ObjectStores;

/// <summary>Objects of web servers.</summary>
internal sealed class HttpSource : ISource, IDisposable
{
    private readonly HttpClient _client;

    public HttpSource(ObjectStoreOptions options) => _client = new HttpClient(new SocketsHttpHandler
    {
        ConnectTimeout = options.Timeout,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxConnectionsPerServer = 16,
    })
    {
        Timeout = options.Timeout,
    };

    public OpenedObject? Open(string place, long offset, string? version, CancellationToken stop)
    {
        if (!Uri.TryCreate(place, UriKind.Absolute, out var address)
            || (address.Scheme == Uri.UriSchemeHttp && !address.IsLoopback))
        {
            throw new FaceLoupeException($"{place}: is not an https:// address; http:// is accepted for this machine "
                + "only.");
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (offset > 0)
        {
            request.Headers.Range = new RangeHeaderValue(offset, null);
            request.Headers.IfRange = new RangeConditionHeaderValue(version!);
        }

        var response = Send(request, stop);
        try
        {
            if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
            {
                response.Dispose();
                return null;
            }

            Check(place, response.StatusCode);
            var range = response.StatusCode == HttpStatusCode.PartialContent
                ? response.Content.Headers.ContentRange : null;
            return new OpenedObject(
                response.Content.ReadAsStream(stop),
                range?.From ?? 0,
                range is null ? response.Content.Headers.ContentLength : range.Length,

                // A weak tag is none of bytes.
                response.Headers.ETag is { IsWeak: false } tag ? tag.Tag : null,
                response)
            {
                Md5 = range is null ? response.Content.Headers.ContentMD5 : null,
                Sha256 = DigestOf(response),
            };
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    public void Dispose() => _client.Dispose();

    private HttpResponseMessage Send(HttpRequestMessage request, CancellationToken stop)
    {
        try
        {
            return _client.Send(request, HttpCompletionOption.ResponseHeadersRead, stop);
        }
        catch (HttpRequestException fault) when (fault.GetBaseException() is AuthenticationException)
        {
            // A retry does not change a certificate.
            throw new FaceLoupeException(
                $"{request.RequestUri}: no trusted connection: "
                    + $"{fault.GetBaseException().Message.ReplaceLineEndings(" ")}", fault);
        }
        catch (HttpRequestException fault)
        {
            throw new BusyException(fault.GetBaseException().Message, fault);
        }
        catch (OperationCanceledException fault) when (!stop.IsCancellationRequested)
        {
            throw new BusyException("no answer in time", fault);
        }
    }

    private static void Check(string place, HttpStatusCode status)
    {
        if ((int)status is >= 200 and < 300)
        {
            return;
        }

        var said = FormattableString.Invariant($"{(int)status} {status}");
        throw status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || (int)status >= 500
            ? new BusyException(said)
            : new FaceLoupeException($"{place}: the server answers {said}.");
    }

    // RFC 9530: Repr-Digest: sha-256=:BASE64:
    private static byte[]? DigestOf(HttpResponseMessage response)
    {
        const string Name = "sha-256=:";
        var digest = response.Headers.TryGetValues("Repr-Digest", out var values)
            ? values.SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries))
                .FirstOrDefault(value => value.StartsWith(Name, StringComparison.Ordinal))
            : null;
        var bytes = new byte[32];
        return digest is not null
            && Convert.TryFromBase64String(digest[Name.Length..].TrimEnd(':'), bytes, out var length)
            && length == bytes.Length ? bytes : null;
    }
}
