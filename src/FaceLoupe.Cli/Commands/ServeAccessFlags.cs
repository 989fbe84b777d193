using System.CommandLine;
using FaceLoupe.Web;

namespace FaceLoupe.Cli.Commands;

/// <summary>Where a server listens and who may call it: options of <c>faceloupe serve</c>.</summary>
internal sealed class ServeAccessFlags
{
    private readonly Option<string> _host = new("--host")
    {
        Description = "Where to listen: localhost for this machine alone, an IP address, or * for every interface.",
        HelpName = "HOST",
        DefaultValueFactory = _ => "localhost",
    };

    private readonly Option<int> _port = Numbers.Whole(
        "--port", "Port to listen at; 0: any free one.", "N", 0, 65_535, ServeOptions.DefaultPort);

    private readonly Option<string?> _urls = new("--urls")
    {
        Description = "Whole addresses instead of --host and --port, separated by ';': http://HOST:PORT;...",
        HelpName = "URLS",
    };

    private readonly Option<string[]> _proxies = new("--trusted-proxy")
    {
        Description = "IP address of a reverse proxy, whose X-Forwarded-For tells the client. May be repeated.",
        HelpName = "IP",
    };

    private readonly Option<string[]> _origins = new("--cors-origin")
    {
        Description = "An origin whose pages may call the interface, such as https://example.org. Default: none.",
        HelpName = "ORIGIN",
    };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_host, _port, _urls, _proxies, _origins])
        {
            command.Add(option);
        }

        command.AddCheck(result =>
        {
            if (result.GetValue(_urls) is not null
                && (result.GetResult(_host) is { Implicit: false } || result.GetResult(_port) is { Implicit: false }))
            {
                result.AddError("--urls already says host and port; it cannot stand beside --host or --port.");
            }
        });
    }

    /// <summary>The options of a server with what was given.</summary>
    public ServeOptions Apply(ServeOptions options, ParseResult parsed) => options with
    {
        Urls = parsed.GetValue(_urls) is { } given
            ? given.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : [ServeOptions.Address(parsed.GetRequiredValue(_host), parsed.GetValue(_port))],
        TrustedProxies = parsed.GetValue(_proxies) ?? [],
        CorsOrigins = parsed.GetValue(_origins) ?? [],
    };
}
