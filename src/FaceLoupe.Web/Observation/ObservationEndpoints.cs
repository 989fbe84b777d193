using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FaceLoupe.Web.Observation;

/// <summary>Health checks for orchestrators and load balancers, metrics for monitoring.</summary>
internal static class ObservationEndpoints
{
    public static void MapObservation(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health", HealthOptions(_ => true));
        routes.MapHealthChecks("/health/live", HealthOptions(_ => false));
        routes.MapHealthChecks("/health/ready", HealthOptions(check => check.Tags.Contains("ready")));
        routes.MapPrometheusScrapingEndpoint("/metrics");
    }

    private static HealthCheckOptions HealthOptions(Func<HealthCheckRegistration, bool> checks) => new()
    {
        Predicate = checks,
        ResponseWriter = (context, report) => context.Response.WriteAsJsonAsync(new
        {
            status = report.Status.ToString(),
            checks = report.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Description),
        }),
    };
}
