using FaceLoupe.Predictions;

namespace FaceLoupe.Cli.Merging;

/// <summary>Counts over the rows of a run.</summary>
internal sealed class MergeTally
{
    private readonly Dictionary<string, long> _failures = new(StringComparer.Ordinal);

    /// <summary>Images with a row.</summary>
    public long Pictures { get; private set; }

    /// <summary>Images that failed.</summary>
    public long Failed { get; private set; }

    /// <summary>Images that were searched and have no face.</summary>
    public long Empty { get; private set; }

    /// <summary>Faces found or masked.</summary>
    public long Faces { get; private set; }

    /// <summary>Why images failed, the most frequent reason first.</summary>
    public IEnumerable<(string Reason, long Count)> Failures => _failures
        .OrderByDescending(failure => failure.Value).ThenBy(failure => failure.Key, StringComparer.Ordinal)
        .Select(failure => (failure.Key, failure.Value));

    /// <summary>Counts a row.</summary>
    public void Add(ResultRow row)
    {
        Pictures++;
        if (row.Picture is { } picture)
        {
            Faces += picture.Faces.Count;
            Empty += picture.Faces.Count == 0 ? 1 : 0;
            return;
        }

        Failed++;

        // Messages begin with the image's path; without it, the reasons of many images are the same.
        var (error, prefix) = (row.Error ?? string.Empty, row.Image + ": ");
        var reason = error.StartsWith(prefix, StringComparison.Ordinal) ? error[prefix.Length..] : error;
        if (row.Image.Length > 0)
        {
            reason = reason.Replace(row.Image, "the image", StringComparison.Ordinal);
        }

        _failures[reason] = _failures.GetValueOrDefault(reason) + 1;
    }
}
