namespace FaceLoupe.Cli.Detection;

/// <summary>The time limit of one image, so that a single file does not block the run.</summary>
/// <param name="Limit">The time limit; null: none.</param>
internal sealed record PictureTime(TimeSpan? Limit)
{
    /// <summary>No limit.</summary>
    public static PictureTime Any { get; } = new((TimeSpan?)null);

    /// <summary>A limit in seconds; 0: none.</summary>
    public static PictureTime OfSeconds(float seconds) =>
        seconds > 0 ? new PictureTime(TimeSpan.FromSeconds(seconds)) : Any;

    /// <summary>Processes an image within the time limit.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="work">The work, which ends when its token is cancelled.</param>
    /// <param name="stop">Stops the run as a whole.</param>
    /// <exception cref="FaceLoupeException">It took longer.</exception>
    public T Within<T>(string path, Func<CancellationToken, T> work, CancellationToken stop)
    {
        if (Limit is not { } limit)
        {
            return work(stop);
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        end.CancelAfter(limit);
        try
        {
            return work(end.Token);
        }
        catch (OperationCanceledException fault) when (!stop.IsCancellationRequested)
        {
            throw new FaceLoupeException(
                FormattableString.Invariant(
                    $"{path}: took longer than the {limit.TotalSeconds} s of --timeout and was cancelled; ")
                + "raise --timeout, or shrink the image.", fault);
        }
    }
}
