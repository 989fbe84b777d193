using System.Text.RegularExpressions;
using FaceLoupe.Predictions;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Inputs;

/// <summary>
/// The names of files made from images and frames, without extension and face number: <c>a</c> for <c>a.jpg</c>, and
/// <c>clip_000012</c> for a frame of <c>clip.mp4</c>. No two share a name.
/// </summary>
internal sealed partial class InputStems
{
    private readonly string[] _stems;

    /// <summary>Chooses the names.</summary>
    public InputStems(InputList inputs)
    {
        string[] plain = [.. inputs.Names.Select(ResultNames.Plain)];
        var places = Enumerable.Range(0, plain.Length).ToLookup(inputs.IsVideo);
        var pictures = places[false].ToLookup(place => plain[place], StringComparer.OrdinalIgnoreCase);
        var videos = places[true].ToLookup(place => plain[place], StringComparer.OrdinalIgnoreCase);

        // clip_000012.png may have been extracted from clip.mp4.
        var frames = places[false].Where(place => VideoOf(plain[place]) is not null)
            .ToLookup(place => VideoOf(plain[place])!, StringComparer.OrdinalIgnoreCase);

        _stems = new string[plain.Length];
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var place in places[false])
        {
            _stems[place] = Unused(place, pictures[plain[place]], taken.Add);
        }

        var ofFrames = taken.Select(VideoOf).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var place in places[true])
        {
            _stems[place] = Unused(place, videos[plain[place]].Concat(frames[plain[place]]), ofFrames.Add);
        }

        // x.jpg and x.png: each is named with its extension.
        string Unused(int place, IEnumerable<int> alike, Func<string, bool> take)
        {
            var rival = alike.Where(other => other != place).Cast<int?>().FirstOrDefault();
            if (rival is { } other)
            {
                Clash ??= (Math.Min(place, other), Math.Max(place, other));
            }

            return FreeName.Of(rival is null ? plain[place] : inputs.Names[place], take);
        }
    }

    /// <summary>
    /// Two inputs whose names are equal without their extensions; null: there are none.
    /// </summary>
    public (int One, int Other)? Clash { get; private set; }

    /// <summary>The name for an image or frame, '/' between folders.</summary>
    public string Of(PicturePlace place) =>
        place.Frame is { } frame ? ResultNames.OfFrame(_stems[place.Input], frame.Number) : _stems[place.Input];

    private static string? VideoOf(string stem) =>
        FrameNumber().Match(stem) is { Success: true } number ? stem[..number.Index] : null;

    [GeneratedRegex("_[0-9]{6,}$")]
    private static partial Regex FrameNumber();
}
