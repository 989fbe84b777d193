using FaceLoupe.Cli.Detection.Outputs;
using FaceLoupe.Cli.Flags;
using FaceLoupe.Cli.Terminal;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace FaceLoupe.Cli.Mcp;

/// <summary>
/// One call of <c>faceloupe mcp</c>: a server of the Model Context Protocol for one client.
/// </summary>
/// <param name="Roots">Folders whose images may be searched.</param>
/// <param name="Copies">Folder for masked copies; null: none are made.</param>
/// <param name="Model">The model.</param>
/// <param name="Options">Options of the detector.</param>
internal sealed record McpRun(IReadOnlyList<string> Roots, string? Copies, ModelChoice Model, DetectorOptions Options)
{
    /// <summary>Serves until the client disconnects.</summary>
    /// <param name="input">Opens the stream of requests.</param>
    /// <param name="output">Opens the stream of responses.</param>
    /// <param name="tell">Takes notes for people.</param>
    /// <param name="stop">Ends the server.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(
        Func<Stream> input, Func<Stream> output, Action<string> tell, CancellationToken stop)
    {
        var roots = new ToolRoots(Roots);
        if (Copies is not null)
        {
            OutputFile.MakeFolder("--out", Copies);
        }

        using var bundle = Model.Open(tell);
        using var tools = new FaceTools(bundle, Options, roots, Copies);
        await using var transport = new StreamServerTransport(input(), output(), "faceloupe");
        await using var server = McpServer.Create(transport, new McpServerOptions
        {
            ServerInfo = new Implementation
            {
                Name = "faceloupe",
                Version = typeof(McpRun).Assembly.GetName().Version?.ToString(3) ?? "0",
            },
            ServerInstructions = "Finds, counts and hides faces in images of this machine. Paths lie in: "
                + string.Join(", ", Roots.Select(Path.GetFullPath)),
            ToolCollection = tools.Tools,
        });
        try
        {
            await server.RunAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCode.Stopped;
        }

        return ExitCode.Fine;
    }
}
