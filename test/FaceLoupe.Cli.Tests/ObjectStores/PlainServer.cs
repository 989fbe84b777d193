using System.Net;
using System.Net.Sockets;

namespace FaceLoupe.Cli.Tests.ObjectStores;

/// <summary>A web server on loopback that responds as a test specifies, and records the requests.</summary>
internal sealed class PlainServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Action<int, HttpListenerContext> _answer;

    public PlainServer(Action<int, HttpListenerContext> answer)
    {
        _answer = answer;
        Address = $"http://127.0.0.1:{FreePort()}/";
        _listener.Prefixes.Add(Address);
        _listener.Start();
        _ = Task.Run(ServeAsync);
    }

    public string Address { get; }

    public List<string?> Ranges { get; } = [];

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        for (var call = 1; ; call++)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                Ranges.Add(context.Request.Headers["Range"]);
                _answer(call, context);
                context.Response.Close();
            }
            catch (Exception) when (!_listener.IsListening)
            {
                return;
            }
            catch (HttpListenerException)
            {
                // The client has disconnected.
            }
            catch (ObjectDisposedException)
            {
                // An interrupted response.
            }
        }
    }
}
