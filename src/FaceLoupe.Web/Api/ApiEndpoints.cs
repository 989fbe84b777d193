using FaceLoupe.Models;
using FaceLoupe.Web.Clients;
using FaceLoupe.Web.Page;
using FaceLoupe.Web.Stopping;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace FaceLoupe.Web.Api;

/// <summary>The HTTP interface, its description and the page that explores it.</summary>
internal static class ApiEndpoints
{
    public static void AddApi(this IServiceCollection services)
    {
        services.AddSingleton<PictureWork>().AddSingleton<DetectEndpoint>().AddSingleton<BlurEndpoint>()
            .AddSingleton<CropsEndpoint>();
        services.AddApiDocument();
    }

    public static void MapApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/v1").WithTags("FaceLoupe");
        api.MapPost("/detect", (DetectEndpoint endpoint, HttpContext context) => endpoint.HandleAsync(context))
            .WithPictureLimits().DescribeDetect();
        api.MapPost("/blur", (BlurEndpoint endpoint, HttpContext context) => endpoint.HandleAsync(context))
            .WithPictureLimits().DescribeBlur();
        api.MapPost("/crops", (CropsEndpoint endpoint, HttpContext context) => endpoint.HandleAsync(context))
            .WithPictureLimits().DescribeCrops();
        api.MapGet("/models", (ModelBundle bundle, ServeOptions options, HttpContext context) =>
        {
            _ = new Query(context.Request);
            return Results.Json(ModelsDocument.Of(bundle, options));
        }).DescribeModels();

        routes.MapOpenApi("/openapi/{documentName}.json");
        routes.MapExplorer();
    }

    private static RouteHandlerBuilder WithPictureLimits(this RouteHandlerBuilder endpoint) =>
        endpoint.WithMetadata(new TakesPictures()).RequireRateLimiting(PictureLimit.Policy);
}
