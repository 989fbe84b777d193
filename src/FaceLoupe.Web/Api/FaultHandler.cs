using System.Globalization;
using FaceLoupe.Web.Observation;
using FaceLoupe.Web.Problems;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace FaceLoupe.Web.Api;

/// <summary>
/// Turns an exception of a request into problem details; only faults of the server itself are logged.
/// </summary>
internal sealed partial class FaultHandler(
    IProblemDetailsService problems, ServerMetrics metrics, ILogger<FaultHandler> log) : IExceptionHandler
{
    /// <inheritdoc/>
    public async ValueTask<bool> TryHandleAsync(
        HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var problem = ProblemText.Of(exception);
        httpContext.Response.StatusCode = problem.Status!.Value;
        if (problem.Status >= 500 && exception is not RequestRefusedException)
        {
            LogFault(log, httpContext.Request.Path, exception);
        }

        if (exception is RequestRefusedException { RetryAfter: { } seconds })
        {
            httpContext.Response.Headers[HeaderNames.RetryAfter] = seconds.ToString(CultureInfo.InvariantCulture);
        }

        ProblemText.Complete(problem);
        metrics.Refused((string)problem.Extensions["code"]!);
        await problems.WriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = problem });
        return true;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Path} failed")]
    private static partial void LogFault(ILogger logger, string path, Exception fault);
}
