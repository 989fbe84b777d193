using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace FaceLoupe.Web.Page;

/// <summary>The files of the page, which lie within the assembly.</summary>
internal static class PageFiles
{
    private const string Root = "wwwroot/";

    public static void MapPage(this IEndpointRouteBuilder routes)
    {
        var assembly = typeof(PageFiles).Assembly;
        var types = new FileExtensionContentTypeProvider();
        var names = assembly.GetManifestResourceNames();
        foreach (var resource in names.Where(name => name.StartsWith(Root, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            var type = types.TryGetContentType(resource, out var known) ? known : "application/octet-stream";
            var charset = type.StartsWith("text/", StringComparison.Ordinal) ? "; charset=utf-8" : string.Empty;
            Map(routes, resource[Root.Length..], bytes, type + charset);
        }
    }

    private static void Map(IEndpointRouteBuilder routes, string path, byte[] bytes, string type)
    {
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}\"");
        var address = path == "index.html" ? string.Empty : path;
        routes.MapMethods("/" + address, [HttpMethods.Get, HttpMethods.Head], (HttpContext context) =>
        {
            // Revalidated each time, with 304 while it is unchanged, so that an update shows at once.
            context.Response.Headers.CacheControl = "no-cache";
            return TypedResults.Bytes(bytes, type, entityTag: tag);
        }).ExcludeFromDescription();
    }
}
