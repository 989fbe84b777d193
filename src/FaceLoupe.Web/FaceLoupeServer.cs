using System.Net.Sockets;
using FaceLoupe.Models;
using FaceLoupe.Web.Stopping;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace FaceLoupe.Web;

/// <summary>The web page and the HTTP interface, running.</summary>
public sealed class FaceLoupeServer : IAsyncDisposable
{
    // For a tile, a batch or a decoder that must come to its end before the networks can go.
    private static readonly TimeSpan AfterGivingUp = TimeSpan.FromSeconds(10);

    private readonly WebApplication _application;
    private readonly ModelBundle _bundle;
    private readonly ServeOptions _options;
    private readonly Lazy<Task<int>> _stop;

    private FaceLoupeServer(WebApplication application, ModelBundle bundle, ServeOptions options)
    {
        (_application, _bundle, _options) = (application, bundle, options);
        Uri[] all = [.. application.Urls.Select(url => new Uri(url))];
        (Addresses, AdminAddress) = options.Admin is null ? (all, null) : (all[..^1], all[^1]);
        _stop = new Lazy<Task<int>>(EndAsync);
    }

    /// <summary>Where it listens, with the actual ports.</summary>
    public IReadOnlyList<Uri> Addresses { get; }

    /// <summary>Where metrics and documents are; null: beside the interface.</summary>
    public Uri? AdminAddress { get; }

    /// <summary>The model it works with.</summary>
    public ModelManifest Model => _bundle.Manifest;

    /// <summary>One line on why the networks do not run on the requested device; null: they do.</summary>
    public string? DeviceNote => _bundle.DeviceNote;

    /// <summary>One line on why another model than the requested one runs; null: the requested one does.</summary>
    public string? ModelNote => _bundle.ModelNote;

    /// <summary>Services and settings of the server.</summary>
    internal IServiceProvider Services => _application.Services;

    /// <summary>Loads the model and starts to listen.</summary>
    /// <param name="options">Options; null: the defaults.</param>
    /// <param name="cancellation">Gives up starting.</param>
    /// <exception cref="FaceLoupeException">
    /// The options are invalid, the model is missing or invalid, or an address is in use.
    /// </exception>
    public static async Task<FaceLoupeServer> StartAsync(
        ServeOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new ServeOptions();
        options.Validate();
        var bundle = ModelBundle.Open(options.ModelFolder, options.Threads, options.Device);
        WebApplication? application = null;
        try
        {
            application = ServerPlan.Build(options, bundle);
            await application.StartAsync(cancellation);
            return new FaceLoupeServer(application, bundle, options);
        }
        catch (Exception fault)
        {
            if (application is not null)
            {
                await application.DisposeAsync();
            }

            bundle.Dispose();
            if (fault is IOException or SocketException or InvalidOperationException)
            {
                throw new FaceLoupeException(
                    $"Cannot listen at {string.Join(", ", options.Urls.Append(options.AdminUrl).OfType<string>())}: "
                        + $"{OneLine(fault)} Choose another port.",
                    fault);
            }

            throw;
        }
    }

    /// <summary>
    /// Ends the server: <c>/health/ready</c> fails and further images are refused at once; those in progress are
    /// finished within <see cref="ServeOptions.DrainTime"/>.
    /// </summary>
    /// <returns>How many requests could not be finished in time.</returns>
    public Task<int> StopAsync() => _stop.Value;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();

        // An image in progress needs the networks; one that does not end keeps them until the process ends.
        var idle = await _application.Services.GetRequiredService<Drain>().IsEmptyWithinAsync(AfterGivingUp);
        await _application.DisposeAsync();
        if (idle)
        {
            _bundle.Dispose();
        }
    }

    private async Task<int> EndAsync()
    {
        var unfinished = await _application.Services.GetRequiredService<Drain>().EndAsync(_options.DrainTime);
        await _application.StopAsync();
        return unfinished;
    }

    private static string OneLine(Exception fault) => fault.Message.ReplaceLineEndings(" ").TrimEnd('.') + ".";
}
