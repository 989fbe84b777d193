using System.Globalization;
using FaceLoupe.Anonymising;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Models;
using FaceLoupe.Web.Observation;
using FaceLoupe.Web.Problems;
using Microsoft.AspNetCore.Http;

namespace FaceLoupe.Web.Api;

/// <summary><c>POST /v1/blur</c>: makes the faces of an image unrecognisable. Metadata are dropped.</summary>
internal sealed class BlurEndpoint(PictureWork work, ModelBundle bundle, ServerMetrics metrics)
{
    /// <summary>Response header: how many faces were blurred.</summary>
    public const string FacesHeader = "X-FaceLoupe-Faces";

    /// <summary>Response header: lowest score of a blurred face; left out where boxes were given.</summary>
    public const string ThresholdHeader = "X-FaceLoupe-Threshold";

    /// <summary>Response header: known weaknesses of the masks; left out if there are none.</summary>
    public const string WarningHeader = "X-FaceLoupe-Warning";

    private const int MostBoxes = 10_000;

    public async Task<IResult> HandleAsync(HttpContext context)
    {
        var query = new Query(
            context.Request, "minScore", "targetRecall", "stages", "mask", "shape", "maskScale", "feather", "color",
            "format", "strict");
        var (options, format, strict) = (query.Anonymiser, query.Format, query.Strict(true));
        var threshold = Choose(options);
        using var arrival = await work.ReceiveAsync(context, "blur");
        var given = BoxList.Of(arrival.Upload, MostBoxes);
        var (count, bytes) = await arrival.WorkAsync((picture, cancellation) =>
        {
            // An image with undecodable parts cannot be masked.
            arrival.Upload.RefuseDamage(picture, strict);
            if (Math.Max(picture.Width, picture.Height) > PictureFile.MaxSideOf(format))
            {
                throw RequestRefusedException.BadParameter(FormattableString.Invariant(
                    $"{picture.Width}x{picture.Height} pixels cannot be written as {format}; choose another format."));
            }

            var boxes = given?.Within(picture) ?? Detect(picture, threshold, options, cancellation);
            new FaceMasker(options.Mask).Apply(picture, boxes.Select(box => Unless(box, cancellation)));
            return (boxes.Length, PictureFile.Encode(picture, format));
        });
        var headers = context.Response.Headers;
        headers[FacesHeader] = count.ToString(CultureInfo.InvariantCulture);
        if (given is null)
        {
            headers[ThresholdHeader] = threshold.Threshold.ToString("0.######", CultureInfo.InvariantCulture);
        }

        if (options.Mask.Warning is { } warning)
        {
            headers[WarningHeader] = warning;
        }

        return Results.Bytes(bytes, MediaTypeOf(format));
    }

    // Ten thousand masks of a whole image take an hour.
    private static Box Unless(Box box, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return box;
    }

    // The same rule as for the command and the library; what it refuses is the caller's fault.
    private ThresholdChoice Choose(AnonymiserOptions options)
    {
        try
        {
            return ThresholdChoice.Of(bundle.Manifest, options);
        }
        catch (FaceLoupeException fault)
        {
            throw RequestRefusedException.BadParameter(fault.Message);
        }
    }

    private Box[] Detect(
        Picture picture, ThresholdChoice threshold, AnonymiserOptions options, CancellationToken cancellation)
    {
        var detector = new DetectorOptions { MinScore = threshold.Threshold, Stages = options.Stages };
        var found = new FaceLoupeDetector(bundle, detector).Detect(picture, cancellationToken: cancellation);
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
