using System.Net;
using System.Net.Sockets;

namespace FaceLoupe.Web.Clients;

/// <summary>
/// Who counts as one client: an IPv4 address, or the network of an IPv6 address that one customer gets.
/// </summary>
internal static class ClientKey
{
    private const int NetworkBytes = 8;

    /// <summary>The client behind an address.</summary>
    public static string Of(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4().ToString();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address.ToString();
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(NetworkBytes).Clear();
        return new IPAddress(bytes) + "/64";
    }

    /// <summary>
    /// Whether a limit per client applies to an address. This machine's own address may be a reverse proxy with all its
    /// callers, so it is limited only if a limit was set.
    /// </summary>
    public static bool IsLimited(IPAddress address, ServeOptions options) =>
        options.PicturesPerClient is { } most ? most > 0 : !IPAddress.IsLoopback(address);
}
