using Microsoft.AspNetCore.Http;

namespace FaceLoupe.Web.Page;

/// <summary>Headers that keep a browser from misusing our responses.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    // The page loads nothing from elsewhere; blob: and data: are images that it made itself.
    private const string PagePolicy = "default-src 'none'; script-src 'self'; style-src 'self'; "
        + "img-src 'self' blob: data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    // The explorer's page has inline scripts and styles; they carry a nonce that is new each time.
    private const string Number = "NUMBER";
    private const string ExplorerPolicy = "default-src 'none'; script-src 'nonce-NUMBER'; style-src 'self' "
        + "'nonce-NUMBER'; img-src 'self' blob: data:; font-src 'self' data:; connect-src 'self'; worker-src 'self' "
        + "blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Sets the headers of one response.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        // Set late: the handler of faults clears what was set before.
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy =
                Explorer.NonceOf(context) is { } number
                    ? ExplorerPolicy.Replace(Number, number, StringComparison.Ordinal)
                    : PagePolicy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
            if (context.Request.Path.StartsWithSegments("/v1"))
            {
                headers.CacheControl = "no-store";
            }

            return Task.CompletedTask;
        });
        return next(context);
    }
}
