using System.CommandLine;
using FaceLoupe.Cli.Flags;
using FaceLoupe.Cli.Isolation;
using FaceLoupe.Cli.Terminal;
using FaceLoupe.Web;

namespace FaceLoupe.Cli.Serving;

/// <summary><c>faceloupe serve</c>: the web page and the HTTP interface.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var command = new Command("serve", "Serves a web page and an HTTP interface that find faces.");
        var (access, limits, model) = (new ServeAccessFlags(), new ServeLimitFlags(), new ModelFlags());
        var isolate = new IsolateFlags();
        access.AddTo(command);
        limits.AddTo(command);
        isolate.AddTo(command);
        model.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var chosen = model.Choice(parsed);
            var options = new ServeOptions
            {
                ModelFolder = chosen.Folder,
                Threads = chosen.Threads,
                Device = chosen.Device,
            };
            options = limits.Apply(access.Apply(options, parsed), parsed);
            var decoder = IsolationLimits.Open(isolate.Limits(parsed), options.Concurrency);
            using var workers = decoder as IDisposable;
            return await RunAsync(
                options with { Decoder = decoder },
                parsed.InvocationConfiguration.Output,
                parsed.InvocationConfiguration.Error,
                cancellation);
        });
        return command.WithExamples(
            ("faceloupe serve", "a page for this machine only"),
            ("faceloupe serve --port 8080 --host '*'", "for others too"));
    }

    private static async Task<int> RunAsync(
        ServeOptions options, TextWriter output, TextWriter error, CancellationToken stop)
    {
        FaceLoupeServer server;
        try
        {
            server = await FaceLoupeServer.StartAsync(options, stop);
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Fine; // stopped before it had started
        }

        await using (server)
        {
            foreach (var note in new[] { server.ModelNote, server.DeviceNote }.OfType<string>())
            {
                await error.WriteLineAsync($"faceloupe: {note}");
            }

            var addresses = string.Join(
                " and ", server.Addresses.Select(address => address.ToString().TrimEnd('/')));
            await output.WriteLineAsync(
                $"FaceLoupe with {server.Model.Name} {server.Model.Version} listens at {addresses}"
                + (server.AdminAddress is { } admin
                    ? $", metrics and API documentation at {admin.ToString().TrimEnd('/')}" : "")
                + "; Ctrl-C ends it.");
            await output.FlushAsync(CancellationToken.None);
            await Task.Delay(Timeout.InfiniteTimeSpan, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

            var unfinished = await server.StopAsync();
            if (unfinished == 0)
            {
                return ExitCode.Fine;
            }

            await error.WriteLineAsync(FormattableString.Invariant(
                $"faceloupe: {unfinished} requests were not finished within {options.DrainTime.TotalSeconds} seconds;")
                + " raise --drain.");
            return ExitCode.SomeFailed;
        }
    }
}
