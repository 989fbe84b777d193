using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using FaceLoupe.Web;

namespace FaceLoupe.Cli.Commands;

/// <summary><c>faceloupe serve</c>: the web page and the HTTP interface.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var host = new Option<string>("--host")
        {
            Description = "Where to listen: localhost for this machine alone, an IP address, or * for every interface.",
            HelpName = "HOST",
            DefaultValueFactory = _ => "localhost",
        };
        var port = Whole("--port", "Port to listen at; 0: any free one.", "N", 0, 65_535, ServeOptions.DefaultPort);
        var urls = new Option<string?>("--urls")
        {
            Description = "Whole addresses instead of --host and --port, separated by ';': http://HOST:PORT;...",
            HelpName = "URLS",
        };
        var upload = Whole("--max-upload", "Largest picture file that is taken, in MB.", "MB", 1, 2_000, 64);
        var pixels = Whole(
            "--max-megapixels", "Most pixels of a picture that is taken, in millions.", "MP", 1, 400, 100);
        var jobs = Whole("--jobs", "Pictures worked at the same time; one uses all cores already.", "N", 1, 64, 1);
        var queue = Whole("--queue", "Pictures that may wait; further ones are told to come again.", "N", 0, 10_000, 8);
        var origins = new Option<string[]>("--cors-origin")
        {
            Description = "An origin whose pages may call the interface, such as https://example.org. Default: none.",
            HelpName = "ORIGIN",
        };

        var command = new Command("serve", "Serves a web page and an HTTP interface that find faces.")
        {
            host, port, urls, upload, pixels, jobs, queue, origins,
        };
        var model = new ModelFlags();
        model.AddTo(command);
        command.AddCheck(result =>
        {
            if (result.GetValue(urls) is not null
                && (result.GetResult(host) is { Implicit: false } || result.GetResult(port) is { Implicit: false }))
            {
                result.AddError("--urls already says host and port; it cannot stand beside --host or --port.");
            }
        });
        command.SetAction((parsed, cancellation) => RunAsync(
            new ServeOptions
            {
                ModelFolder = model.Choice(parsed).Folder,
                Threads = model.Choice(parsed).Threads,
                Device = model.Choice(parsed).Device,
                Urls = parsed.GetValue(urls) is { } given
                    ? given.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                    : [ServeOptions.Address(parsed.GetRequiredValue(host), parsed.GetValue(port))],
                MaxUploadBytes = parsed.GetValue(upload) * 1_000_000L,
                MaxPixels = parsed.GetValue(pixels) * 1_000_000L,
                Concurrency = parsed.GetValue(jobs),
                QueueLength = parsed.GetValue(queue),
                CorsOrigins = parsed.GetValue(origins) ?? [],
            },
            parsed.InvocationConfiguration.Output,
            parsed.InvocationConfiguration.Error,
            cancellation));
        return command.WithExamples(
            ("faceloupe serve", "a page on this machine alone"),
            ("faceloupe serve --port 8080 --host '*'", "for others too"));
    }

    private static async Task<int> RunAsync(
        ServeOptions options, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        await using var server = await FaceLoupeServer.StartAsync(options, cancellation);
        if (server.DeviceNote is { } note)
        {
            await error.WriteLineAsync($"faceloupe: {note}");
        }

        var addresses = string.Join(" and ", server.Addresses.Select(address => address.ToString().TrimEnd('/')));
        await output.WriteLineAsync(
            $"FaceLoupe with {server.Model.Name} {server.Model.Version} listens at {addresses}; Ctrl-C ends it.");
        await output.FlushAsync(cancellation);
        await server.WaitForShutdownAsync(cancellation);
        return ExitCode.Fine;
    }

    private static Option<int> Whole(
        string name, string what, string unit, int least, int most, int otherwise) => new(name)
    {
        Description = what,
        HelpName = unit,
        DefaultValueFactory = _ => otherwise,
        CustomParser = result => Parse(result, least, most),
    };

    private static int Parse(ArgumentResult result, int least, int most)
    {
        var text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most)
        {
            return number;
        }

        result.AddError(FormattableString.Invariant(
            $"{(result.Parent as OptionResult)?.Option.Name} is '{text}', not a whole number from {least} to {most}."));
        return 0;
    }
}
