using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace FaceLoupe.Web.Binding;

/// <summary>
/// Where to listen. Names are not resolved: Kestrel treats any name but <c>localhost</c> as "every interface", so a
/// misspelt one would open the server to the world.
/// </summary>
internal sealed record ListenAddress
{
    private const string Scheme = "http://";
    private const string Localhost = "localhost";
    private const string AnyAddress = "*";
    private const int DefaultPort = 80;

    private ListenAddress(string host, IPAddress? address, int port) => (Host, Address, Port) = (host, address, port);

    /// <summary>The port; 0: any free one.</summary>
    public int Port { get; }

    /// <summary>Whether only this machine can reach it.</summary>
    public bool IsLocal => Address is { } address ? IPAddress.IsLoopback(address) : Host == Localhost;

    private string Host { get; }

    // Null: localhost, which is two addresses, or every interface.
    private IPAddress? Address { get; }

    /// <summary>Reads <c>http://HOST:PORT</c>.</summary>
    /// <param name="url">The text; the port may be missing (80), a slash may follow.</param>
    /// <param name="address">What it means.</param>
    /// <param name="fault">Why it means nothing, to be put after the text.</param>
    public static bool TryParse(
        string url, [NotNullWhen(true)] out ListenAddress? address, [NotNullWhen(false)] out string? fault)
    {
        address = null;
        if (!url.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            fault = "is not http://HOST:PORT (for https, put a reverse proxy in front)";
            return false;
        }

        var rest = url[Scheme.Length..];
        rest = rest.EndsWith('/') ? rest[..^1] : rest;
        var colon = rest.LastIndexOf(':');
        var hasPort = colon >= 0 && !rest[colon..].Contains(']', StringComparison.Ordinal);
        var host = hasPort ? rest[..colon] : rest;
        var port = DefaultPort;
        if (hasPort && !(int.TryParse(rest[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out port)
            && port <= IPEndPoint.MaxPort))
        {
            fault = $"is not http://HOST:PORT with a port from 0 to {IPEndPoint.MaxPort}";
            return false;
        }

        if (!IsHost(host, out var ip))
        {
            fault = "has a host that is neither an IP address nor localhost nor * (every interface); names are not "
                + "looked up";
            return false;
        }

        address = new ListenAddress(host.ToLowerInvariant(), ip, port);
        fault = null;
        return true;
    }

    /// <summary>The address of a host and a port; an IPv6 address may stand without its brackets.</summary>
    public static string Url(string host, int port)
    {
        var named = host.Contains(':', StringComparison.Ordinal) && !host.StartsWith('[') ? $"[{host}]" : host;
        return string.Create(CultureInfo.InvariantCulture, $"{Scheme}{named}:{port}");
    }

    /// <summary>Makes Kestrel listen here.</summary>
    /// <param name="kestrel">Its options.</param>
    /// <param name="configure">Does more to the end point.</param>
    public void Listen(KestrelServerOptions kestrel, Action<ListenOptions> configure)
    {
        if (Address is not null)
        {
            kestrel.Listen(Address, Port, configure);
        }
        else if (Host == AnyAddress)
        {
            kestrel.ListenAnyIP(Port, configure);
        }
        else if (Port == 0)
        {
            // Two addresses cannot share a port that is not known yet.
            kestrel.Listen(IPAddress.Loopback, 0, configure);
        }
        else
        {
            kestrel.ListenLocalhost(Port, configure);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Url(Host, Port);

    private static bool IsHost(string host, out IPAddress? address)
    {
        address = null;
        if (host == AnyAddress || host.Equals(Localhost, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var bracketed = host.StartsWith('[') && host.EndsWith(']');
        if (!IPAddress.TryParse(bracketed ? host[1..^1] : host, out address))
        {
            return false;
        }

        // "1", "127.1" and "0x7f.1" are addresses to the parser, but most likely typing errors.
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? bracketed
            : !bracketed && address.ToString() == host;
    }
}
