using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using FaceLoupe.Imaging;
using FaceLoupe.Predictions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace FaceLoupe.Web.Api;

/// <summary>
/// The OpenAPI description: the parts that the framework cannot derive, because the endpoints parse their requests
/// themselves.
/// </summary>
internal static class ApiDescription
{
    private static readonly OpenApiParameter MinScore = Parameter(
        "minScore",
        "Lowest score of a reported face. Default: the model's threshold.",
        new OpenApiSchema { Type = JsonSchemaType.Number, Minimum = "0", Maximum = "1" });

    private static readonly OpenApiParameter MaskingScore = Parameter(
        "minScore",
        "Lowest score of a face that is hidden. Default: not the threshold of /v1/detect but the model's "
            + "`masking.minScore` (see /v1/models), which prefers a false-positive mask to a face left visible.",
        new OpenApiSchema { Type = JsonSchemaType.Number, Minimum = "0", Maximum = "1" });

    private static readonly OpenApiParameter TargetRecall = Parameter(
        "targetRecall",
        "Share of the faces to be hidden, such as 0.98: takes the threshold that gave it when the model was measured.",
        new OpenApiSchema { Type = JsonSchemaType.Number, Minimum = "0", Maximum = "1" });

    private static readonly OpenApiParameter Mask = Parameter(
        "mask",
        "What replaces a face. solid leaves nothing of it; gaussian can be undone, and the answer says "
            + "so in "
        + $"{BlurEndpoint.WarningHeader}.",
        OneOf("pixelate", "pixelate", "solid", "gaussian"));

    private static readonly OpenApiParameter Shape = Parameter("shape", "Outline of the mask.",
        OneOf("ellipse", "ellipse", "box"));

    private static readonly OpenApiParameter MaskScale = Parameter(
        "maskScale",
        "Sides of the mask over those of the face. Default: 1.3.",
        new OpenApiSchema { Type = JsonSchemaType.Number, Minimum = "1", Maximum = "5" });

    private static readonly OpenApiParameter Feather = Parameter(
        "feather",
        "Width of a soft rim about the mask, as a share of the face's sides. The mask itself covers as much as "
            + "without. Default: 0, a hard edge.",
        new OpenApiSchema { Type = JsonSchemaType.Number, Minimum = "0", Maximum = "1" });

    private static readonly OpenApiParameter Color = Parameter(
        "color", "Colour of mask=solid: RRGGBB, black (default), white or grey.",
            new OpenApiSchema { Type = JsonSchemaType.String });

    private static readonly OpenApiParameter Stages = Parameter(
        "stages", "1: proposals alone, 2 (default): both stages.", OneOf("2", "1", "2"));

    private static readonly OpenApiParameter Landmarks = Parameter(
        "landmarks", "true: eyes, nose and corners of the mouth of each face too, where the model gives them.",
        OneOf("false", "true", "false"));

    private static readonly OpenApiParameter Stream = Parameter(
        "stream",
        "true: a JSON object per line (application/x-ndjson) as the work proceeds: queued, picture, proposals, faces, "
        + "and at last result or problem. early: also, after picture, a line early for every tile of the first stage.",
        OneOf("false", "true", "false", "early"));

    private static readonly OpenApiParameter Format = Parameter(
        "format", "Format of the image in the answer.", OneOf("jpeg", "jpeg", "png", "webp"));

    private static readonly OpenApiParameter Strict = Parameter(
        "strict", "Whether an image whose file shows damage is refused.", OneOf("false", "true", "false"));

    private static readonly OpenApiParameter StrictUnlessSet = Parameter(
        "strict", "Whether an image whose file shows damage is refused.", OneOf("true", "true", "false"));

    private static readonly OpenApiSchema Boxes = new()
    {
        Type = JsonSchemaType.String,
        Description = "A JSON array of boxes such as [{\"x\":1,\"y\":2,\"width\":30,\"height\":40}].",
    };

    public static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi("v1", document =>
    {
        document.CreateSchemaReferenceId = NameOf;
        document.AddDocumentTransformer((description, _, _) =>
        {
            description.Info = new OpenApiInfo
            {
                Title = "FaceLoupe",
                Version = typeof(ApiDescription).Assembly.GetName().Version?.ToString(3) ?? "0",
                Description = "Finds faces in photographs, above all tiny ones. "
                    + "Images are neither stored nor logged. Faults are reported as problem details (RFC 9457) with "
                    + "a `code` for programs.",
            };
            return Task.CompletedTask;
        });
    });

    // The schema of a document of faces is called just that.
    private static string? NameOf(JsonTypeInfo type) =>
        type.Type.IsGenericType && type.Type.Namespace == typeof(DetectionDocument).Namespace
            ? type.Type.Name[..type.Type.Name.IndexOf('`')]
            : OpenApiOptions.CreateDefaultSchemaReferenceId(type);

    public static void DescribeDetect(this RouteHandlerBuilder endpoint) => endpoint.WithName("detect")
        .WithSummary("Find the faces of an image")
        .Produces<DetectionDocument<FaceEntry>>()
        .Takes(null, MinScore, Stages, Landmarks, Stream, Strict);

    public static void DescribeBlur(this RouteHandlerBuilder endpoint) => endpoint.WithName("blur")
        .WithSummary("Make the faces of an image unrecognisable")
        .WithDescription("With `boxes` these are hidden and nothing is detected. Metadata such as the place where the "
            + $"image was taken do not come along. {BlurEndpoint.FacesHeader} tells how many were hidden, "
            + $"{BlurEndpoint.ThresholdHeader} from which score on.")
        .Produces(
            StatusCodes.Status200OK, contentType: "image/jpeg", additionalContentTypes: ["image/png", "image/webp"])
        .Takes(Boxes, MaskingScore, TargetRecall, Stages, Mask, Shape, MaskScale, Feather, Color, Format,
            StrictUnlessSet);

    public static void DescribeCrops(this RouteHandlerBuilder endpoint) => endpoint.WithName("crops")
        .WithSummary("Show what the networks saw of single proposals")
        .WithDescription("The boxes are the `proposal` of faces that /v1/detect reported, at most 64.")
        .Produces<CropsDocument>()
        .Takes(Boxes);

    public static void DescribeModels(this RouteHandlerBuilder endpoint) => endpoint.WithName("models")
        .WithSummary("The model that is loaded, and what the server takes")
        .Produces<ModelsDocument>()
        .ProducesProblem(StatusCodes.Status400BadRequest);

    private static void Takes(
        this RouteHandlerBuilder endpoint, OpenApiSchema? boxes, params OpenApiParameter[] parameters)
    {
        foreach (var status in new[] { 400, 408, 413, 415, 429, 503, 504 })
        {
            endpoint.ProducesProblem(status);
        }

        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.Parameters = [.. parameters];
            operation.RequestBody = Body(boxes);
            return Task.CompletedTask;
        });
    }

    private static OpenApiRequestBody Body(OpenApiSchema? boxes)
    {
        var form = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Properties = new Dictionary<string, IOpenApiSchema> { ["file"] = Binary() },
            Required = new HashSet<string> { "file" },
        };
        if (boxes is not null)
        {
            form.Properties[BoxList.Field] = boxes;
        }

        return new OpenApiRequestBody
        {
            Required = true,
            Description = $"{string.Join(", ", PictureFile.Formats)}: as the file of a form, or as the body itself.",
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["multipart/form-data"] = new() { Schema = form },
                ["image/*"] = new() { Schema = Binary() },
                ["application/octet-stream"] = new() { Schema = Binary() },
            },
        };
    }

    private static OpenApiSchema Binary() => new() { Type = JsonSchemaType.String, Format = "binary" };

    private static OpenApiParameter Parameter(string name, string description, OpenApiSchema schema) =>
        new() { Name = name, In = ParameterLocation.Query, Description = description, Schema = schema };

    private static OpenApiSchema OneOf(string otherwise, params string[] values) => new()
    {
        Type = JsonSchemaType.String,
        Enum = [.. values.Select(value => JsonValue.Create(value))],
        Default = JsonValue.Create(otherwise),
    };
}
