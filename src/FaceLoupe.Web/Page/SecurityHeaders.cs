using Microsoft.AspNetCore.Http;

namespace FaceLoupe.Web.Page;

/// <summary>Headers that keep a browser from doing with our answers what they are not meant for.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    /// <summary>Where the explorer of the interface lives.</summary>
    public const string ExplorerPath = "/docs";

    // The page loads nothing from elsewhere; blob: and data: are pictures that it made itself.
    private const string PagePolicy = "default-src 'none'; script-src 'self'; style-src 'self'; "
        + "img-src 'self' blob: data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    // The explorer's page comes with inline scripts and styles; it still reaches nothing but this server.
    private const string ExplorerPolicy = "default-src 'none'; script-src 'self' 'unsafe-inline'; "
        + "style-src 'self' 'unsafe-inline'; img-src 'self' blob: data:; font-src 'self' data:; connect-src 'self'; "
        + "worker-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Sets the headers of one answer.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        // Set late: the handler of faults clears what was set before.
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy =
                context.Request.Path.StartsWithSegments(ExplorerPath) ? ExplorerPolicy : PagePolicy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
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
