using FaceLoupe.Web.Page;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace FaceLoupe.Web.Access;

/// <summary>
/// With a separate address for metrics and documents, nothing else is served there, and they are served nowhere else.
/// Health is served at both. The address is that of the connection, not of the request's headers.
/// </summary>
internal sealed class AdminGate(RequestDelegate next)
{
    /// <summary>Paths of metrics and documents.</summary>
    public static readonly PathString[] Paths = ["/metrics", "/openapi", Explorer.Path];

    /// <summary>Marks the connections of the address.</summary>
    public static ConnectionDelegate Mark(ConnectionDelegate next) => connection =>
    {
        connection.Features.Set(new AdminConnection());
        return next(connection);
    };

    /// <summary>Lets a request through that came to the right address.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path;
        var fits = path.StartsWithSegments("/health")
            || Array.Exists(Paths, admin => path.StartsWithSegments(admin))
                == context.Features.Get<AdminConnection>() is not null;
        if (fits)
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private sealed class AdminConnection;
}
