using System.Globalization;
using FaceLoupe.Anonymising;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Models;
using FaceLoupe.Web.Observation;
using Microsoft.AspNetCore.Http;

namespace FaceLoupe.Web.Api;

/// <summary><c>POST /v1/blur</c>: makes the faces of a picture unrecognisable. Metadata do not come along.</summary>
internal sealed class BlurEndpoint(PictureWork work, ModelBundle bundle, ServerMetrics metrics)
{
    /// <summary>Header of the answer: how many faces were blurred.</summary>
    public const string FacesHeader = "X-FaceLoupe-Faces";

    private const int MostBoxes = 10_000;

    private static readonly FaceMasker Masker = new(new MaskOptions { Kind = MaskKind.Pixelate });

    public async Task<IResult> AnswerAsync(HttpContext context)
    {
        var query = new Query(context.Request, "minScore", "stages", "format");
        var (options, format) = (query.Detector, query.Format);
        using var arrival = await work.ReceiveAsync(context, "blur");
        var given = BoxList.Of(arrival.Upload, MostBoxes);
        var (count, bytes) = await arrival.WorkAsync((picture, cancellation) =>
        {
            var boxes = given?.Within(picture) ?? Detect(picture, options, cancellation);
            Masker.Apply(picture, boxes.Select(box => Unless(box, cancellation)));
            return (boxes.Length, PictureFile.Encode(picture, format));
        });
        context.Response.Headers[FacesHeader] = count.ToString(CultureInfo.InvariantCulture);
        return Results.Bytes(bytes, MediaTypeOf(format));
    }

    // Ten thousand masks of a whole picture take an hour.
    private static Box Unless(Box box, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return box;
    }

    private Box[] Detect(Picture picture, DetectorOptions options, CancellationToken cancellation)
    {
        var found = new FaceLoupeDetector(bundle, options).Detect(picture, cancellationToken: cancellation);
        metrics.Detected(found);
        return [.. found.Faces.Select(face => face.Box)];
    }

    private static string MediaTypeOf(PictureFormat format) => format switch
    {
        PictureFormat.Png => "image/png",
        PictureFormat.Webp => "image/webp",
        _ => "image/jpeg",
    };
}
