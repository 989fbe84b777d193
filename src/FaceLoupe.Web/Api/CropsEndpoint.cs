using System.Text.Json.Serialization;
using FaceLoupe.Imaging;
using FaceLoupe.Models;
using FaceLoupe.Refinement;
using FaceLoupe.Web.Problems;
using Microsoft.AspNetCore.Http;
using static FaceLoupe.Predictions.DetectionDocument;

namespace FaceLoupe.Web.Api;

/// <summary><c>POST /v1/crops</c>: inputs and outputs of the second stage for single proposals.</summary>
internal sealed class CropsEndpoint(PictureWork work, ModelBundle bundle)
{
    private const int MostBoxes = 64;

    private readonly SecondStage _stage = new(bundle);

    public async Task<IResult> HandleAsync(HttpContext context)
    {
        _ = new Query(context.Request);
        using var arrival = await work.ReceiveAsync(context, "crops");
        var boxes = BoxList.Of(arrival.Upload, MostBoxes) ?? throw RequestRefusedException.BadParameter(
            $"The form has no field '{BoxList.Field}'; it names the proposals to enlarge.");
        var manifest = bundle.Manifest;
        return Results.Json(await arrival.WorkAsync((picture, cancellation) => new CropsDocument(
            $"{manifest.Name} {manifest.Version}",
            manifest.Generator.LowResolution,
            manifest.Generator.HighResolution,
            [.. boxes.Within(picture).Select(box =>
            {
                cancellation.ThrowIfCancellationRequested();
                return CropEntry.Of(_stage.Run(picture, box));
            })])));
    }
}

/// <summary>Inputs and outputs of the networks. Images are PNG files in Base64.</summary>
/// <param name="Model">Name and version of the model.</param>
/// <param name="LowResolution">Side of the generator's input, in pixels.</param>
/// <param name="HighResolution">Side of its output and of the discriminator's input, in pixels.</param>
/// <param name="Crops">One entry per box, in order.</param>
internal sealed record CropsDocument(
    string Model, int LowResolution, int HighResolution, IReadOnlyList<CropEntry> Crops);

/// <summary>One proposal.</summary>
/// <param name="Proposal">Its box.</param>
/// <param name="Window">The square around it that was cut out; may reach over the edge.</param>
/// <param name="Native">Whether it has native resolution and skips the generator.</param>
/// <param name="Low">The low-resolution crop; null if native.</param>
/// <param name="Bicubic">The same, enlarged without a network; null if native.</param>
/// <param name="Upsampled">After the up-sampling net G1; null if native.</param>
/// <param name="Input">Input of the discriminator: the result of the refinement net G2, or the native crop.</param>
/// <param name="RealLogit">The discriminator's logit of a photograph, not generated.</param>
/// <param name="Stage2Logit">The discriminator's logit of a face.</param>
internal sealed record CropEntry(
    BoxEntry Proposal,
    BoxEntry Window,
    [property: JsonPropertyName("sharp")] bool Native,
    byte[]? Low,
    byte[]? Bicubic,
    byte[]? Upsampled,
    [property: JsonPropertyName("judged")] byte[] Input,
    decimal RealLogit,
    decimal Stage2Logit)
{
    public static CropEntry Of(SecondStageView view) => new(
        BoxEntry.Of(view.Proposal),
        BoxEntry.Of(view.Window),
        view.Enlargement is null,
        Png(view.Enlargement?.LowResolution),
        Png(view.Enlargement?.Bicubic),
        Png(view.Enlargement?.Upsampled),
        Png(view.Input)!,
        Rounded(view.Output.RealLogit, 4),
        Rounded(view.Output.FaceLogit, 4));

    private static byte[]? Png(Picture? picture) =>
        picture is null ? null : PictureFile.Encode(picture, PictureFormat.Png);
}
