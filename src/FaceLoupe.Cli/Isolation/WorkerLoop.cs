using FaceLoupe.Imaging;

namespace FaceLoupe.Cli.Isolation;

/// <summary>The loop of a worker: it handles one request after another.</summary>
internal static class WorkerLoop
{
    /// <summary>Responds until there are no more requests.</summary>
    /// <param name="requests">Where they come from.</param>
    /// <param name="responses">Where responses go.</param>
    public static void Run(Stream requests, Stream responses)
    {
        while (WorkerWire.ReadRequest(requests) is { } request)
        {
            WorkerWire.Write(responses, Respond(request));
        }
    }

    private static WorkerResponse Respond(WorkerRequest request)
    {
        try
        {
            if (request.SizeOnly)
            {
                return new WorkerResponse(PictureSize.Read(request.File.Span, request.Name), null, null);
            }

            var picture = PictureFile.Decode(request.File.Span, request.Name);
            return new WorkerResponse(new PictureSize(picture.Width, picture.Height), picture, null);
        }
        catch (UnreadablePictureException fault)
        {
            return new WorkerResponse(default, null, fault.Message);
        }
        catch (OutOfMemoryException)
        {
            return new WorkerResponse(
                default, null, $"{request.Name}: needs more memory than --isolate-memory allows; shrink it, or raise "
                    + "the limit.");
        }
    }
}
