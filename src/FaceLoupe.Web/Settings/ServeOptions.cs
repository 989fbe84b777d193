using System.ComponentModel.DataAnnotations;
using System.Net;
using FaceLoupe.Imaging;
using FaceLoupe.Validation;
using FaceLoupe.Web.Binding;

namespace FaceLoupe.Web;

/// <summary>Options of a <see cref="FaceLoupeServer"/>.</summary>
public sealed record ServeOptions : IValidatableObject
{
    /// <summary>The port where none is chosen.</summary>
    public const int DefaultPort = 5071;

    private const int ShortestKey = 16;
    private const long DefaultUploadMemory = 1_000_000_000;
    private const string ShortestTime = "00:00:00.001";
    private const string LongestTime = "1.00:00:00";

    /// <summary>
    /// Folder of the model, or the name of one that comes with FaceLoupe; null (the default): the default model.
    /// </summary>
    public string? ModelFolder { get; init; }

    /// <summary>Threads for one run of a network, from 0 to 1,024; 0 (the default): one per core.</summary>
    [Display(Name = "the number of threads")]
    [Range(0, 1024)]
    public int Threads { get; init; }

    /// <summary>What the networks run on, where it is available. Default: the processor.</summary>
    [Display(Name = "the device")]
    [EnumDataType(typeof(Device))]
    public Device Device { get; init; } = Device.Cpu;

    /// <summary>
    /// Where to listen, as <c>http://host:port</c>. The host is an IP address, <c>localhost</c> or <c>*</c> for every
    /// interface; no other name is taken. Default: this machine alone, <see cref="DefaultPort"/>. Port 0 is any free
    /// port.
    /// </summary>
    public IReadOnlyList<string> Urls { get; init; } =
        [FormattableString.Invariant($"http://localhost:{DefaultPort}")];

    /// <summary>Largest image file that is taken, in bytes, at least 1. Default 64 million.</summary>
    [Display(Name = "the largest upload in bytes")]
    [Range(1.0, int.MaxValue)]
    public long MaxUploadBytes { get; init; } = 64_000_000;

    /// <summary>Maximum number of pixels of an image, at least 1. Default 100 million, which need 0.3 GB.</summary>
    [Display(Name = "the largest number of pixels")]
    [Range(1.0, PictureFile.MaxPixels)]
    public long MaxPixels { get; init; } = 100_000_000;

    /// <summary>Images processed at the same time, from 1 to 64. Default 1: one detection uses all cores.</summary>
    [Display(Name = "the number of images at the same time")]
    [Range(1, 64)]
    public int Concurrency { get; init; } = 1;

    /// <summary>Images that may wait, from 0 to 10,000; further ones are refused. Default 8.</summary>
    [Display(Name = "the number of waiting images")]
    [Range(0, 10_000)]
    public int QueueLength { get; init; } = 8;

    /// <summary>
    /// Longest time to process one image, without its wait, from 1 ms to a day; then it is stopped with 504.
    /// Decoding in this process cannot be interrupted: a limit that passes meanwhile takes effect right after it.
    /// Default 60 s.
    /// </summary>
    [Display(Name = "the time for an image's work")]
    [Range(typeof(TimeSpan), ShortestTime, LongestTime)]
    public TimeSpan WorkTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The decoder of images. Default: in this process. It is the caller's, and is not disposed.</summary>
    public IPictureDecoder Decoder { get; init; } = OwnProcessDecoder.Instance;

    /// <summary>Longest time for a request's headers to come in, from 1 ms to a day. Default 10 s.</summary>
    [Display(Name = "the time for a request's headers")]
    [Range(typeof(TimeSpan), ShortestTime, LongestTime)]
    public TimeSpan HeadersTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest time for an upload, from 1 ms to a day. Default 2 minutes.</summary>
    [Display(Name = "the time for an upload")]
    [Range(typeof(TimeSpan), ShortestTime, LongestTime)]
    public TimeSpan UploadTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Minimum rate of an upload in bytes per second, after five seconds of grace, from 1 to 1 billion. Default 4,000.
    /// </summary>
    [Display(Name = "the minimum rate of an upload in bytes per second")]
    [Range(1, 1_000_000_000)]
    public int MinUploadRate { get; init; } = 4_000;

    /// <summary>
    /// Longest time for the images in progress when the server stops, from 0 to a day. Default 25 s: less than the 30 s
    /// that Kubernetes waits.
    /// </summary>
    [Display(Name = "the time for ending")]
    [Range(typeof(TimeSpan), "0", LongestTime)]
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>
    /// Connections open at a time, from 1 to 100,000; further ones are closed at once, and so are those of one client
    /// beyond a quarter of that. Default 256.
    /// </summary>
    [Display(Name = "the number of connections")]
    [Range(1, 100_000)]
    public int MaxConnections { get; init; } = 256;

    /// <summary>
    /// Images that one client may have under way, from 0 to 10,000; further ones are refused with 429. 0: no limit,
    /// also not on its connections. Null (the default): half of the places, and no limit for clients on this machine,
    /// where all callers of a reverse proxy come from.
    /// </summary>
    [Display(Name = "the number of images per client")]
    [Range(0, 10_000)]
    public int? PicturesPerClient { get; init; }

    /// <summary>
    /// Addresses of reverse proxies, whose header <c>X-Forwarded-For</c> names the client. Default: none, the header is
    /// ignored.
    /// </summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    /// <summary>
    /// Memory of all uploads together, in bytes, at least <see cref="MaxUploadBytes"/>; further ones are refused with
    /// 503. Null (the default): 1 billion, or twice <see cref="MaxUploadBytes"/> where that is more.
    /// </summary>
    public long? UploadMemory { get; init; }

    /// <summary>Origins whose pages may call the interface: <c>https://example.org</c>. Default: none.</summary>
    public IReadOnlyList<string> CorsOrigins { get; init; } = [];

    /// <summary>
    /// Accepted API keys, each of at least 16 letters; only <c>/health</c> needs none. Default: none, no key is
    /// required.
    /// </summary>
    public IReadOnlyList<string> ApiKeys { get; init; } = [];

    /// <summary>
    /// Names under which the server may be called, without port; <c>*.example.org</c> stands for all below. Default:
    /// any, or, where only this machine can reach the server, its own names, which are always among them then.
    /// </summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>
    /// A separate address for metrics and documents, as in <see cref="Urls"/>, where nothing else is served. Null (the
    /// default): they are served beside the interface.
    /// </summary>
    public string? AdminUrl { get; init; }

    /// <summary>Whether there is a page for people. Default true; false: the interface alone.</summary>
    public bool Page { get; init; } = true;

    /// <summary>The address to give to <see cref="Urls"/> for a host and a port.</summary>
    /// <param name="host">An IP address, <c>localhost</c> or <c>*</c>.</param>
    /// <param name="port">The port; 0: any free one.</param>
    public static string Address(string host, int port) => ListenAddress.Url(host, port);

    /// <summary>Refuses invalid options, all faults in one line.</summary>
    /// <exception cref="FaceLoupeException">There are invalid options.</exception>
    internal void Validate() => OptionRules.Check(this, "The server cannot start");

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        string?[] faults =
        [
            Urls.Count == 0 ? "there is no address to listen at" : null,
            .. Urls.Concat(AdminUrl is { } url ? [url] : []).Select(Fault),
            .. AllowedHosts.Where(host => !IsHostName(host)).Select(host =>
                $"the allowed host '{host}' is not a name without http:// and port"),
            // The key itself stays out of messages.
            ApiKeys.Any(key => key.Length < ShortestKey || key.Any(letter => letter is <= ' ' or > '~'))
                ? $"an API key is shorter than {ShortestKey} letters or holds other than ASCII letters, digits "
                    + "and signs"
                : null,
            .. CorsOrigins.Where(origin => !IsOrigin(origin)).Select(origin =>
                $"the origin '{origin}' is not http(s)://HOST or http(s)://HOST:PORT"),
            MaxUploadMemoryBytes < MaxUploadBytes
                ? $"the memory of uploads in bytes is {MaxUploadMemoryBytes}, not at least {MaxUploadBytes}"
                : null,
            .. TrustedProxies.Where(proxy => !IPAddress.TryParse(proxy, out _)).Select(proxy =>
                $"the trusted proxy '{proxy}' is not an IP address"),
        ];
        return faults.OfType<string>().Select(fault => new ValidationResult(fault));
    }

    /// <summary>The parsed addresses.</summary>
    internal IReadOnlyList<ListenAddress> Addresses =>
        [.. Urls.Select(url => ListenAddress.TryParse(url, out var address, out _) ? address : null)
            .OfType<ListenAddress>()];

    /// <summary>Whether only this machine can reach the server.</summary>
    internal bool IsLocal => Addresses.All(address => address.IsLocal) && Admin?.IsLocal != false;

    /// <summary>The parsed address of metrics and documents; null: they have none of their own.</summary>
    internal ListenAddress? Admin =>
        AdminUrl is { } url && ListenAddress.TryParse(url, out var address, out _) ? address : null;

    /// <summary>Memory of all uploads together, in bytes.</summary>
    internal long MaxUploadMemoryBytes => UploadMemory ?? Math.Max(DefaultUploadMemory, 2 * MaxUploadBytes);

    /// <summary>Whether an address is that of a reverse proxy.</summary>
    internal bool IsTrustedProxy(IPAddress address) => TrustedProxies.Any(proxy =>
        IPAddress.Parse(proxy).MapToIPv6().Equals(address.MapToIPv6()));

    private static string? Fault(string url) =>
        ListenAddress.TryParse(url, out _, out var fault) ? null : $"the address '{url}' {fault}";

    private static bool IsHostName(string host)
    {
        var name = host.StartsWith("*.", StringComparison.Ordinal) ? host[2..] : host;
        return Uri.CheckHostName(name) != UriHostNameType.Unknown && !name.Contains('*', StringComparison.Ordinal);
    }

    private static bool IsOrigin(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && uri.GetLeftPart(UriPartial.Authority) == origin;
}
