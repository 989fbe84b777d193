using System.Net;
using Microsoft.AspNetCore.Connections;

namespace FaceLoupe.Web.Clients;

/// <summary>
/// Caps the connections that are open at a time, and those of one client to a quarter of that; further ones are closed
/// at once. Kestrel's own cap is not per client. Safe to use from many threads.
/// </summary>
internal sealed class ConnectionLimits(ServeOptions options)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _byClient = [];
    private int _open;

    /// <summary>Maximum number of connections of one client.</summary>
    public int PerClient => Math.Max(1, options.MaxConnections / 4);

    /// <summary>Lets a connection through while there is room.</summary>
    public ConnectionDelegate Guard(ConnectionDelegate next) => async connection =>
    {
        var client = ClientOf(connection.RemoteEndPoint);
        if (!TryOpen(client))
        {
            connection.Abort(new ConnectionAbortedException("Too many connections."));
            return;
        }

        try
        {
            await next(connection);
        }
        finally
        {
            Close(client);
        }
    };

    /// <summary>Counts a connection in, if there is room.</summary>
    /// <param name="client">The client; null: one without a limit.</param>
    internal bool TryOpen(string? client)
    {
        lock (_gate)
        {
            if (_open >= options.MaxConnections
                || (client is not null && _byClient.GetValueOrDefault(client) >= PerClient))
            {
                return false;
            }

            _open++;
            if (client is not null)
            {
                _byClient[client] = _byClient.GetValueOrDefault(client) + 1;
            }

            return true;
        }
    }

    /// <summary>Counts a connection out.</summary>
    /// <param name="client">The same as before.</param>
    internal void Close(string? client)
    {
        lock (_gate)
        {
            _open--;
            if (client is not null && --_byClient[client] == 0)
            {
                _byClient.Remove(client);
            }
        }
    }

    private string? ClientOf(EndPoint? remote) => remote is IPEndPoint { Address: var address }
        && ClientKey.IsLimited(address, options) && !options.IsTrustedProxy(address)
            ? ClientKey.Of(address)
            : null;
}
