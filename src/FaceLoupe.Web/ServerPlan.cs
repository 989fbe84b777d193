using System.Net;
using System.Text.Encodings.Web;
using FaceLoupe.Models;
using FaceLoupe.Web.Access;
using FaceLoupe.Web.Api;
using FaceLoupe.Web.Clients;
using FaceLoupe.Web.Observation;
using FaceLoupe.Web.Page;
using FaceLoupe.Web.Problems;
using FaceLoupe.Web.Queueing;
using FaceLoupe.Web.Stopping;
using FaceLoupe.Web.Uploads;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;
using OpenTelemetry.Metrics;

namespace FaceLoupe.Web;

/// <summary>Assembles the server: its services, and the order of its middleware.</summary>
internal static class ServerPlan
{
    // A name that leads to this machine from a stranger's page (DNS rebinding) is refused.
    private static readonly string[] LocalNames = ["localhost", "127.0.0.1", "[::1]"];

    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan UploadGrace = TimeSpan.FromSeconds(5);

    // Time left when the images are finished, to send responses.
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(5);

    public static WebApplication Build(ServeOptions options, ModelBundle bundle)
    {
        // An empty builder: no settings file and no environment variable makes the server listen elsewhere.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;

            // UploadReader keeps the limit. Kestrel's own would close the connection while the client still sends, and
            // the response with the reason would be lost; a refused rest is read for a few seconds and discarded.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.RequestHeadersTimeout = options.HeadersTimeout;
            kestrel.Limits.KeepAliveTimeout = IdleTime;
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(options.MinUploadRate, UploadGrace);
            var connections = new ConnectionLimits(options);
            foreach (var address in options.Addresses)
            {
                address.Listen(kestrel, endPoint => endPoint.Use(connections.Guard));
            }

            // Probes and monitoring still get through while the others are at their limit.
            var watchers = new ConnectionLimits(options);
            options.Admin?.Listen(kestrel, endPoint => endPoint.Use(watchers.Guard).Use(AdminGate.Mark));
        });
        AddServices(builder.Services, options, bundle);

        var application = builder.Build();
        if (options.TrustedProxies.Count > 0)
        {
            application.UseForwardedHeaders(Proxies(options));
        }

        application.UseMiddleware<SecurityHeaders>();
        application.UseExceptionHandler();
        application.UseStatusCodePages();

        // Probes call machines by their address.
        application.UseWhen(
            context => !context.Request.Path.StartsWithSegments("/health"), others => others.UseHostFiltering());
        if (options.Admin is not null)
        {
            application.UseMiddleware<AdminGate>();
        }

        application.UseRouting();
        if (options.CorsOrigins.Count > 0)
        {
            application.UseCors();
        }

        application.UseMiddleware<SiteGate>();
        application.UseMiddleware<KeyGate>();
        application.UseRateLimiter();
        application.UseMiddleware<DrainGate>();

        application.MapApi();
        application.MapObservation();
        if (options.Page)
        {
            application.MapPage();
        }

        return application;
    }

    private static void AddServices(IServiceCollection services, ServeOptions options, ModelBundle bundle)
    {
        services.AddSingleton(options).AddSingleton(bundle);
        services.AddSingleton<WorkQueue>().AddSingleton<UploadMemory>().AddSingleton<Drain>();
        services.AddHostedService(parts =>
            new QuietMemory(parts.GetRequiredService<WorkQueue>(), bundle, QuietMemory.Usual));
        services.AddSingleton<ServerMetrics>().AddSingleton<ApiKeys>();
        services.AddSingleton<IHostLifetime, OwnerControlledLifetime>();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = LastWords);
        services.AddPictureLimit(options);
        services.AddLogging(logging => logging.AddSimpleConsole(console => console.SingleLine = true)
            .SetMinimumLevel(LogLevel.Warning)

            // Reported otherwise: a failed start as one line, a full queue in responses and metrics.
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None)
            .AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None));
        services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console =>
            console.LogToStandardErrorThreshold = LogLevel.Trace);
        services.AddRouting();
        services.AddHostFiltering(filter =>
        {
            filter.AllowedHosts =
                options.IsLocal ? [.. LocalNames, .. options.AllowedHosts]
                : options.AllowedHosts.Count > 0 ? [.. options.AllowedHosts]
                : ["*"];
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
                policy.WithOrigins([.. options.CorsOrigins]).AllowAnyHeader().WithMethods("GET", "POST")
                    .WithExposedHeaders(
                        BlurEndpoint.FacesHeader,
                        BlurEndpoint.ThresholdHeader,
                        BlurEndpoint.WarningHeader,
                        HeaderNames.RetryAfter)));
        }
    }

    private static ForwardedHeadersOptions Proxies(ServeOptions options)
    {
        // As many hops as come from known proxies.
        var forwarded = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor, ForwardLimit = null,
        };
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var proxy in options.TrustedProxies)
        {
            forwarded.KnownProxies.Add(IPAddress.Parse(proxy));
        }

        return forwarded;
    }
}
