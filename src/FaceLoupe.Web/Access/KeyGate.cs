using System.Text;
using FaceLoupe.Web.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace FaceLoupe.Web.Access;

/// <summary>
/// Requires a key, if keys are set, for everything but <c>/health</c>, which reveals nothing and which probes call
/// without one. Programs send it as <c>Authorization: Bearer KEY</c> or <c>X-Api-Key: KEY</c>; in a browser, users
/// enter it as the password.
/// </summary>
internal sealed class KeyGate(RequestDelegate next, ApiKeys keys)
{
    /// <summary>Header for programs that cannot set <c>Authorization</c>.</summary>
    public const string KeyHeader = "X-Api-Key";

    private const string Bearer = "Bearer ";
    private const string Basic = "Basic ";

    private static readonly string[] Challenges =
        ["Basic realm=\"FaceLoupe: the key is the password\", charset=\"UTF-8\"", "Bearer realm=\"FaceLoupe\""];

    /// <summary>Lets a request through that has a key.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        if (!keys.AreRequired || context.Request.Path.StartsWithSegments("/health")
            || (KeyOf(context.Request.Headers) is { } key && keys.Contain(key)))
        {
            return next(context);
        }

        // Set late: the handler of faults clears what was set before.
        context.Response.OnStarting(() =>
        {
            context.Response.Headers[HeaderNames.WWWAuthenticate] = Challenges;
            return Task.CompletedTask;
        });
        throw RequestRefusedException.Unauthorized();
    }

    private static string? KeyOf(IHeaderDictionary headers)
    {
        if (headers[KeyHeader] is [{ Length: > 0 } key])
        {
            return key;
        }

        return headers.Authorization is not [{ } given] ? null
            : given.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? given[Bearer.Length..].Trim()
            : given.StartsWith(Basic, StringComparison.OrdinalIgnoreCase) ? PasswordOf(given[Basic.Length..].Trim())
            : null;
    }

    private static string? PasswordOf(string given)
    {
        var bytes = new byte[given.Length];
        if (!Convert.TryFromBase64String(given, bytes, out var length))
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(bytes, 0, length);
        return text.IndexOf(':', StringComparison.Ordinal) is var colon and >= 0 ? text[(colon + 1)..] : null;
    }
}
