using FaceLoupe.Web.Problems;
using Microsoft.AspNetCore.Http;

namespace FaceLoupe.Web.Access;

/// <summary>
/// Refuses cross-site requests: they would run with the user's key and from behind the user's firewall. Pages of
/// allowed origins are let through, and so are links to our pages.
/// </summary>
internal sealed class SiteGate(RequestDelegate next, ServeOptions options)
{
    /// <summary>Lets a request through that comes from no page, from ours or from an allowed one.</summary>
    public Task InvokeAsync(HttpContext context) => IsWelcome(context.Request)
        ? next(context)
        : throw RequestRefusedException.CrossSite(context.Request.Headers.Origin.ToString());

    private bool IsWelcome(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        if (options.CorsOrigins.Contains(origin, StringComparer.Ordinal))
        {
            return true;
        }

        return request.Headers["Sec-Fetch-Site"].ToString() switch
        {
            // Not a browser, an old one, or a page that came without TLS from another machine.
            "" => origin.Length == 0 || IsOwn(origin, request.Host),
            "same-origin" or "none" => true,
            _ => IsLink(request),
        };
    }

    private static bool IsOwn(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && Uri.TryCreate($"{uri.Scheme}://{host.Value}", UriKind.Absolute, out var own)
        && Uri.Compare(
            uri, own, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;

    private static bool IsLink(HttpRequest request) =>
        request.Headers["Sec-Fetch-Mode"] == "navigate"
        && request.Headers["Sec-Fetch-Dest"] == "document"
        && HttpMethods.IsGet(request.Method)
        && !request.Path.StartsWithSegments("/v1");
}
