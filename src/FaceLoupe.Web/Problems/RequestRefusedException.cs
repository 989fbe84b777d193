using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace FaceLoupe.Web.Problems;

/// <summary>A request that is refused, through a fault of its own or because the server is busy.</summary>
internal sealed class RequestRefusedException : Exception
{
    private RequestRefusedException(int status, string code, string title, string detail)
        : base(detail)
    {
        Status = status;
        Code = code;
        Title = title;
    }

    /// <summary>HTTP status.</summary>
    public int Status { get; }

    /// <summary>A word for programs, such as <c>too-large</c>.</summary>
    public string Code { get; }

    /// <summary>The kind of fault, the same text every time.</summary>
    public string Title { get; }

    /// <summary>After how many seconds to try again; null: trying again does not help.</summary>
    public int? RetryAfter { get; private init; }

    /// <summary>400: an invalid parameter or part of the form.</summary>
    public static RequestRefusedException BadParameter(string detail) =>
        new(StatusCodes.Status400BadRequest, "bad-parameter", "A parameter is not understood", detail);

    /// <summary>400: no image, or a damaged one.</summary>
    public static RequestRefusedException BadPicture(string detail) =>
        new(StatusCodes.Status400BadRequest, "bad-picture", "The image is missing or damaged", detail);

    /// <summary>415: something else than an image, or a format that is not read.</summary>
    public static RequestRefusedException NotAPicture(string detail) =>
        new(StatusCodes.Status415UnsupportedMediaType, "not-a-picture", "Not an image that can be read", detail);

    /// <summary>413: more bytes or pixels than the server takes.</summary>
    public static RequestRefusedException TooLarge(string detail) =>
        new(StatusCodes.Status413PayloadTooLarge, "too-large", "The image is too large", detail);

    /// <summary>401: no key, or a wrong one.</summary>
    public static RequestRefusedException Unauthorized() => new(
        StatusCodes.Status401Unauthorized,
        "unauthorized",
        "An API key is required",
        "The server asks for a key; send it as Authorization: Bearer KEY, as X-Api-Key: KEY or as a password.");

    /// <summary>403: a page of another site.</summary>
    public static RequestRefusedException CrossSite(string origin) => new(
        StatusCodes.Status403Forbidden,
        "cross-site",
        "A page of another site may not call this server",
        origin.Length == 0
            ? "The request comes from a page of another site."
            : $"The request comes from a page of {origin}; the server can allow it with --cors-origin.");

    /// <summary>408: the image was not received in time.</summary>
    public static RequestRefusedException TooSlow(string detail) =>
        new(StatusCodes.Status408RequestTimeout, "too-slow", "The upload is too slow", detail);

    /// <summary>504: an image that takes longer than the server gives it.</summary>
    public static RequestRefusedException TimeOut(TimeSpan limit) => new(
        StatusCodes.Status504GatewayTimeout,
        "timeout",
        "The image takes too long",
        string.Create(
            CultureInfo.InvariantCulture,
            $"The image is not finished after the {limit.TotalSeconds} seconds this server gives one; shrink or cut "
                + $"it."));

    /// <summary>503: the server is shutting down.</summary>
    public static RequestRefusedException Stopping() => new(
        StatusCodes.Status503ServiceUnavailable,
        "stopping",
        "The server is ending",
        "The server is ending and takes no more images.");

    /// <summary>429: one client has reached its limit.</summary>
    public static RequestRefusedException TooMany(int most, int retryAfter) => new(
        StatusCodes.Status429TooManyRequests,
        "too-many",
        "Too many images at a time",
        string.Create(
            CultureInfo.InvariantCulture,
            $"A client may have {most} images in progress; try again after one is done, or in {retryAfter} seconds."))
    {
        RetryAfter = retryAfter,
    };

    /// <summary>503: other images come first.</summary>
    public static RequestRefusedException Busy(int retryAfter) => new(
        StatusCodes.Status503ServiceUnavailable,
        "busy",
        "The server is busy",
        FormattableString.Invariant($"Too many images wait already; try again in {retryAfter} seconds."))
    {
        RetryAfter = retryAfter,
    };
}
