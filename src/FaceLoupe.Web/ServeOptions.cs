using FaceLoupe.Web.Binding;

namespace FaceLoupe.Web;

/// <summary>Options of a <see cref="FaceLoupeServer"/>.</summary>
public sealed record ServeOptions
{
    /// <summary>The port where none is chosen.</summary>
    public const int DefaultPort = 5071;

    /// <summary>
    /// Folder of the model, or the name of one that comes with FaceLoupe; null (the default): the default model.
    /// </summary>
    public string? ModelFolder { get; init; }

    /// <summary>Threads for one run of a network, from 0 to 1,024; 0 (the default): one a core.</summary>
    public int Threads { get; init; }

    /// <summary>What the networks run on, where it is available. Default: the processor.</summary>
    public Device Device { get; init; } = Device.Cpu;

    /// <summary>
    /// Where to listen, as <c>http://host:port</c>. The host is an IP address, <c>localhost</c> or <c>*</c> for every
    /// interface; no other name is taken. Default: this machine alone, <see cref="DefaultPort"/>. Port 0 is any free port.
    /// </summary>
    public IReadOnlyList<string> Urls { get; init; } =
        [FormattableString.Invariant($"http://localhost:{DefaultPort}")];

    /// <summary>Largest picture file that is taken, in bytes, at least 1. Default 64 million.</summary>
    public long MaxUploadBytes { get; init; } = 64_000_000;

    /// <summary>Most pixels of a picture that is taken, at least 1. Default 100 million, which need 0.3 GB.</summary>
    public long MaxPixels { get; init; } = 100_000_000;

    /// <summary>Pictures worked at the same time, from 1 to 64. Default 1: one detection uses all cores.</summary>
    public int Concurrency { get; init; } = 1;

    /// <summary>Pictures that may wait, from 0 to 10,000; further ones are refused. Default 8.</summary>
    public int QueueLength { get; init; } = 8;

    /// <summary>Origins whose pages may call the interface: <c>https://example.org</c>. Default: none.</summary>
    public IReadOnlyList<string> CorsOrigins { get; init; } = [];

    /// <summary>The address to give to <see cref="Urls"/> for a host and a port.</summary>
    /// <param name="host">An IP address, <c>localhost</c> or <c>*</c>.</param>
    /// <param name="port">The port; 0: any free one.</param>
    public static string Address(string host, int port) => ListenAddress.Url(host, port);

    /// <summary>Refuses impossible options, all faults in one line.</summary>
    /// <exception cref="FaceLoupeException">There are impossible options.</exception>
    internal void Validate()
    {
        var faults = new List<string>();
        if (Urls.Count == 0)
        {
            faults.Add("there is no address to listen at");
        }

        faults.AddRange(Urls.Select(Fault).OfType<string>());
        faults.AddRange(CorsOrigins.Where(origin => !IsOrigin(origin)).Select(origin =>
            $"the origin '{origin}' is not http(s)://HOST or http(s)://HOST:PORT"));
        Check(faults, "largest upload in bytes", MaxUploadBytes, 1, int.MaxValue);
        Check(faults, "largest number of pixels", MaxPixels, 1, Imaging.PictureFile.MaxPixels);
        Check(faults, "number of pictures at the same time", Concurrency, 1, 64);
        Check(faults, "number of waiting pictures", QueueLength, 0, 10_000);
        Check(faults, "number of threads", Threads, 0, 1024);
        if (!Enum.IsDefined(Device))
        {
            faults.Add($"the device is {(int)Device}, not one of {string.Join(", ", Enum.GetNames<Device>())}");
        }

        if (faults.Count > 0)
        {
            throw new FaceLoupeException($"The server cannot start: {string.Join("; ", faults)}.");
        }
    }

    /// <summary>Where to listen, understood.</summary>
    internal IReadOnlyList<ListenAddress> Addresses =>
        [.. Urls.Select(url => ListenAddress.TryParse(url, out var address, out _) ? address : null).OfType<ListenAddress>()];

    /// <summary>Whether only this machine can reach the server.</summary>
    internal bool IsLocal => Addresses.All(address => address.IsLocal);

    private static string? Fault(string url) =>
        ListenAddress.TryParse(url, out _, out var fault) ? null : $"the address '{url}' {fault}";

    private static bool IsOrigin(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && uri.GetLeftPart(UriPartial.Authority) == origin;

    private static void Check(List<string> faults, string what, long value, long least, long most)
    {
        if (value < least || value > most)
        {
            faults.Add(FormattableString.Invariant($"the {what} is {value}, not from {least} to {most}"));
        }
    }
}
