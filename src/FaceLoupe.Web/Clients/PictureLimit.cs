using System.Threading.RateLimiting;
using FaceLoupe.Web.Problems;
using FaceLoupe.Web.Queueing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace FaceLoupe.Web.Clients;

/// <summary>
/// How many images one client may have in progress, from the first byte of a request to the last one of its response.
/// </summary>
internal static class PictureLimit
{
    /// <summary>Name of the policy.</summary>
    public const string Policy = "pictures";

    public static void AddPictureLimit(this IServiceCollection services, ServeOptions options)
    {
        var most = options.PicturesPerClient ?? Math.Max(1, (options.Concurrency + options.QueueLength) / 2);
        services.AddRateLimiter(limiter =>
        {
            limiter.AddPolicy(Policy, context => Partition(context, options, most));
            limiter.OnRejected = (rejected, _) => throw RequestRefusedException.TooMany(
                most, rejected.HttpContext.RequestServices.GetRequiredService<WorkQueue>().SecondsUntilRoom());
        });
    }

    private static RateLimitPartition<string> Partition(HttpContext context, ServeOptions options, int most) =>
        context.Connection.RemoteIpAddress is { } address && ClientKey.IsLimited(address, options)
            ? RateLimitPartition.GetConcurrencyLimiter(
                ClientKey.Of(address), _ => new ConcurrencyLimiterOptions { PermitLimit = most, QueueLimit = 0 })
            : RateLimitPartition.GetNoLimiter(string.Empty);
}
