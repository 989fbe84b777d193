using Microsoft.AspNetCore.Http;

namespace FaceLoupe.Web.Stopping;

/// <summary>Counts requests for work from their first byte to the last one of their response.</summary>
internal sealed class DrainGate(RequestDelegate next, Drain drain)
{
    /// <summary>Lets a request through, unless the server is ending.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<TakesPictures>() is null)
        {
            await next(context);
            return;
        }

        using var pass = drain.Enter();
        await next(context);
    }
}
