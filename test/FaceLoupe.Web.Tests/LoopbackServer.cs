using System.Net.Http.Headers;
using System.Text.Json;
using FaceLoupe.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace FaceLoupe.Web.Tests;

/// <summary>A real server on a free port of this machine, with the tiny model.</summary>
public sealed class LoopbackServer : IAsyncLifetime
{
    private FaceLoupeServer? _server;

    public static ServeOptions Options => new()
    {
        ModelFolder = TinyModel.Folder,
        Threads = 1,
        Urls = ["http://127.0.0.1:0"],
    };

    public HttpClient Client { get; } = new(new HeldBodiesWait()) { Timeout = TimeSpan.FromMinutes(3) };

    public Uri? AdminAddress => _server!.AdminAddress;

    public Uri Address => _server!.Addresses[0];

    /// <summary>A part of the server.</summary>
    public T Part<T>()
        where T : notnull => _server!.Services.GetRequiredService<T>();

    /// <summary>Tells it to end.</summary>
    public Task<int> StopAsync() => _server!.StopAsync();

    public static async Task<LoopbackServer> StartAsync(ServeOptions options)
    {
        var server = new LoopbackServer();
        await server.StartWithAsync(options);
        return server;
    }

    public ValueTask InitializeAsync() => StartWithAsync(Options);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    /// <summary>A form with an image and perhaps other fields.</summary>
    public static MultipartFormDataContent Form(
        byte[] picture, string name = "crowd.png", params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent();
        var file = new ByteArrayContent(picture);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        form.Add(file, "file", name);
        foreach (var (field, value) in fields)
        {
            form.Add(new StringContent(value), field);
        }

        return form;
    }

    /// <summary>The image as the body itself.</summary>
    public static ByteArrayContent Body(byte[] picture, string type = "image/png")
    {
        var body = new ByteArrayContent(picture);
        body.Headers.ContentType = new MediaTypeHeaderValue(type);
        return body;
    }

    public Task<HttpResponseMessage> PostAsync(string path, HttpContent content) => Client.PostAsync(path, content);

    /// <summary>The JSON of an answer that must be fine.</summary>
    public async Task<JsonElement> JsonOfAsync(string path, HttpContent? content = null)
    {
        using var answer = content is null ? await Client.GetAsync(path) : await Client.PostAsync(path, content);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        return JsonElement.Parse(text);
    }

    private async ValueTask StartWithAsync(ServeOptions options)
    {
        _server = await FaceLoupeServer.StartAsync(options);
        Client.BaseAddress = Address;
    }

    // A held body begins when the server reads it ("100 Continue"), so that nothing that follows can come before it.
    private sealed class HeldBodiesWait() : DelegatingHandler(
        new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromMinutes(3) })
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.ExpectContinue = request.Content is HeldBody ? true : null;
            return base.SendAsync(request, cancellationToken);
        }
    }
}
