using System.Net.Sockets;
using FaceLoupe.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace FaceLoupe.Web;

/// <summary>The web page and the HTTP interface, running.</summary>
public sealed class FaceLoupeServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ModelBundle _bundle;

    private FaceLoupeServer(WebApplication application, ModelBundle bundle)
    {
        _application = application;
        _bundle = bundle;
        Addresses = [.. application.Urls.Select(url => new Uri(url))];
    }

    /// <summary>Where it listens, with the ports it really got.</summary>
    public IReadOnlyList<Uri> Addresses { get; }

    /// <summary>The model it works with.</summary>
    public ModelManifest Model => _bundle.Manifest;

    /// <summary>One line on why the networks do not run on the device asked for; null: they do.</summary>
    public string? DeviceNote => _bundle.DeviceNote;

    /// <summary>Loads the model and starts to listen.</summary>
    /// <param name="options">Options; null: the defaults.</param>
    /// <param name="cancellation">Gives up starting.</param>
    /// <exception cref="FaceLoupeException">
    /// The options are impossible, the model is missing or unsound, or an address cannot be had.
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
            return new FaceLoupeServer(application, bundle);
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
                    $"Cannot listen at {string.Join(", ", options.Urls)}: {OneLine(fault)} Choose another port.",
                    fault);
            }

            throw;
        }
    }

    /// <summary>Waits until the process is told to end (Ctrl-C, SIGTERM) or the token is.</summary>
    /// <param name="cancellation">Ends the server.</param>
    public Task WaitForShutdownAsync(CancellationToken cancellation = default) =>
        _application.WaitForShutdownAsync(cancellation);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // First the application: a picture under way needs the networks until its request is over.
        await _application.StopAsync();
        await _application.DisposeAsync();
        _bundle.Dispose();
    }

    private static string OneLine(Exception fault) => fault.Message.ReplaceLineEndings(" ").TrimEnd('.') + ".";
}
