using System.CommandLine;
using FaceLoupe.Cli.Flags;
using FaceLoupe.Programs;
using FaceLoupe.Storage;
using FaceLoupe.Web;

namespace FaceLoupe.Cli.Serving;

/// <summary>Where a server listens and who may call it: options of <c>faceloupe serve</c>.</summary>
internal sealed class ServeAccessFlags
{
    private const string KeyVariable = "FACELOUPE_API_KEY";

    private readonly Option<string> _host = new("--host")
    {
        Description = "Where to listen: localhost for this machine only, an IP address, or * for every interface.",
        HelpName = "HOST", DefaultValueFactory = _ => "localhost",
    };

    private readonly Option<int> _port = Numbers.Whole(
        "--port", "Port to listen at; 0: any free one.", "N", 0, 65_535, ServeOptions.DefaultPort);

    private readonly Option<string?> _urls = TextOption.Optional(
        "--urls", "URLS", "Full addresses instead of --host and --port, separated by ';': http://HOST:PORT;...");

    private readonly Option<string[]> _proxies = NewOption.Texts(
        "--trusted-proxy", "IP",
        "IP address of a reverse proxy whose X-Forwarded-For names the client. May be repeated.");

    private readonly Option<string[]> _origins = NewOption.Texts(
        "--cors-origin", "ORIGIN",
        "An origin whose pages may call the interface, such as https://example.org. Default: none.");

    private readonly Option<string?> _keys = TextOption.Optional(
        "--api-key-file", "FILE", "File of API keys, one per line; a caller must send one of them. Default: the key in "
            + $"the variable {KeyVariable}; if it is not set, no key is required.");

    private readonly Option<string[]> _hosts = NewOption.Texts(
        "--allowed-hosts", "NAMES", "Host names by which the server may be addressed, separated by ';'. Default: any, "
            + "if others can reach it.");

    private readonly Option<string?> _admin = TextOption.Optional(
        "--admin-url", "URL", "A separate address for metrics and API documentation: http://HOST:PORT. Default: that "
            + "of the interface.");

    private readonly Option<bool> _noPage =
        NewOption.Switch("--no-page", "Serve the HTTP interface only, without the web page.");

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_host, _port, _urls, _keys, _hosts, _admin, _noPage, _proxies, _origins])
        {
            command.Add(option);
        }

        command.AddCheck(result =>
        {
            if (result.GetValue(_urls) is not null
                && (result.GetResult(_host) is { Implicit: false } || result.GetResult(_port) is { Implicit: false }))
            {
                result.AddError("--urls already has host and port; it cannot be combined with --host or --port.");
            }
        });
    }

    /// <summary>The options of a server with the given values.</summary>
    public ServeOptions Apply(ServeOptions options, ParseResult parsed) => options with
    {
        Urls = parsed.GetValue(_urls) is { } given
            ? Split(given)
            : [ServeOptions.Address(parsed.GetRequiredValue(_host), parsed.GetValue(_port))],
        ApiKeys = Keys(parsed.GetValue(_keys)),
        AllowedHosts = [.. (parsed.GetValue(_hosts) ?? []).SelectMany(Split)],
        AdminUrl = parsed.GetValue(_admin),
        Page = !parsed.GetValue(_noPage),
        TrustedProxies = parsed.GetValue(_proxies) ?? [],
        CorsOrigins = parsed.GetValue(_origins) ?? [],
    };

    private static string[] Split(string text) =>
        text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    // Not on the command line, which all users of the machine can read.
    private static string[] Keys(string? file)
    {
        if (file is null)
        {
            return Environment.GetEnvironmentVariable(KeyVariable) is { Length: > 0 } key ? [key.Trim()] : [];
        }

        try
        {
            string[] keys =
                [.. InputFile.ReadAllLines(file).Select(line => line.Trim()).Where(line => line.Length > 0)];
            return keys.Length > 0
                ? keys
                : throw new FaceLoupeException($"--api-key-file {file}: has no key; write one per line.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new FaceLoupeException($"--api-key-file {file}: cannot be read: {fault.Message}", fault);
        }
    }
}
