using FaceLoupe.Imaging;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace FaceLoupe.Web.Problems;

/// <summary>Problem details (RFC 9457) of faults.</summary>
internal static class ProblemText
{
    /// <summary>The problem details of an exception that a request threw.</summary>
    public static ProblemDetails Of(Exception fault) => fault switch
    {
        RequestRefusedException refused => Of(refused),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => Of(
            RequestRefusedException.TooLarge("The request is larger than this server takes.")),
        BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } => Of(
            RequestRefusedException.TooSlow("The image came in more slowly than this server waits for.")),
        BadHttpRequestException bad => new ProblemDetails
        {
            Status = bad.StatusCode,
            Title = "The request is not understood",
            Detail = bad.Message,
        },
        UnreadablePictureException unreadable => Of(RequestRefusedException.BadPicture(unreadable.Message)),
        _ => new ProblemDetails
        {
            Status = StatusCodes.Status500InternalServerError,
            Title = "Something went wrong in the server",
            Detail = fault is FaceLoupeException ? fault.Message : "The server's log says more.",
        },
    };

    /// <summary>Gives every problem a code, also those that the framework itself reports.</summary>
    public static void Complete(ProblemDetails problem)
    {
        // The framework's tracing fields mean nothing to a caller.
        problem.Extensions.Remove("traceId");
        problem.Extensions.TryAdd("code", problem.Status switch
        {
            StatusCodes.Status404NotFound => "not-found",
            StatusCodes.Status405MethodNotAllowed => "method-not-allowed",
            >= 500 => "internal",
            _ => "bad-request",
        });
    }

    private static ProblemDetails Of(RequestRefusedException refused)
    {
        var problem = new ProblemDetails { Status = refused.Status, Title = refused.Title, Detail = refused.Message };
        problem.Extensions["code"] = refused.Code;
        if (refused.RetryAfter is { } seconds)
        {
            problem.Extensions["retryAfter"] = seconds;
        }

        return problem;
    }
}
