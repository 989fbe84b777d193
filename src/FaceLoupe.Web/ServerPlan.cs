using System.Text.Encodings.Web;
using FaceLoupe.Models;
using FaceLoupe.Web.Api;
using FaceLoupe.Web.Observation;
using FaceLoupe.Web.Page;
using FaceLoupe.Web.Problems;
using FaceLoupe.Web.Queueing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;

namespace FaceLoupe.Web;

/// <summary>Puts the server together: what it is made of, and in which order a request goes through it.</summary>
internal static class ServerPlan
{
    // A name that leads to this machine from a stranger's page (DNS rebinding) is refused.
    private static readonly string[] LocalNames = ["localhost", "127.0.0.1", "[::1]"];

    public static WebApplication Build(ServeOptions options, ModelBundle bundle)
    {
        // An empty builder: no settings file and no environment variable makes the server listen elsewhere than told.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;

            // UploadReader keeps the limit. Kestrel's own would cut the line while the caller still sends, and the
            // answer that says why would be lost; a refused rest is read for a few seconds and forgotten.
            kestrel.Limits.MaxRequestBodySize = null;
            foreach (var address in options.Addresses)
            {
                address.Listen(kestrel, _ => { });
            }
        });
        AddServices(builder.Services, options, bundle);

        var application = builder.Build();
        application.UseMiddleware<SecurityHeaders>();
        application.UseExceptionHandler();
        application.UseStatusCodePages();
        application.UseHostFiltering();
        application.UseRouting();
        if (options.CorsOrigins.Count > 0)
        {
            application.UseCors();
        }

        application.MapApi();
        application.MapObservation();
        application.MapPage();
        return application;
    }

    private static void AddServices(IServiceCollection services, ServeOptions options, ModelBundle bundle)
    {
        services.AddSingleton(options).AddSingleton(bundle);
        services.AddSingleton<WorkQueue>().AddSingleton<ServerMetrics>();
        services.AddLogging(logging => logging.AddSimpleConsole(console => console.SingleLine = true)
            .SetMinimumLevel(LogLevel.Warning)

            // Told otherwise: a failed start as one line, a full queue in answers and metrics.
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None)
            .AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None));
        services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console =>
            console.LogToStandardErrorThreshold = LogLevel.Trace);
        services.AddRouting();
        services.AddHostFiltering(filter =>
        {
            filter.AllowedHosts = options.IsLocal ? LocalNames : ["*"];
            filter.IncludeFailureMessage = false; // it is a page; without it the refusal is answered as every other
        });
        services.AddProblemDetails(problems =>
            problems.CustomizeProblemDetails = context => ProblemText.Complete(context.ProblemDetails))
            .AddExceptionHandler<FaultHandler>();
        services.Configure<JsonOptions>(json =>
            json.SerializerOptions.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
        services.AddApi();
        services.AddHealthChecks().AddCheck<RoomInTheQueue>("queue", tags: ["ready"]);
        services.AddMetrics().AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter(ServerMetrics.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel")
            .AddPrometheusExporter());
        if (options.CorsOrigins.Count > 0)
        {
            services.AddCors(cors => cors.AddDefaultPolicy(policy =>
                policy.WithOrigins([.. options.CorsOrigins]).AllowAnyHeader().WithMethods("GET", "POST")));
        }
    }
}
