using System.Globalization;
using FaceLoupe.Training.Workspace;

namespace FaceLoupe.Training.Ablations;

/// <summary>Reads --seeds.</summary>
internal static class SeedList
{
    private const int Most = 100;

    /// <summary>"3": three seeds from the preset's on. "1,5" or "7,": these. Null: the preset's.</summary>
    /// <exception cref="FaceLoupeException">Neither.</exception>
    public static IReadOnlyList<ulong> Of(string? text, TrainingConfig preset)
    {
        if (text is null)
        {
            return preset.Ablation.Seeds is { Count: > 0 } seeds ? seeds : [preset.Seed];
        }

        if (!text.Contains(',', StringComparison.Ordinal))
        {
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                && count is >= 1 and <= Most
                ? [.. Enumerable.Range(0, count).Select(i => preset.Seed + (ulong)i)]
                : throw Wrong(text);
        }

        var named = new List<ulong>();
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!ulong.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
                || named.Contains(seed))
            {
                throw Wrong(text);
            }

            named.Add(seed);
        }

        return named.Count is >= 1 and <= Most ? named : throw Wrong(text);
    }

    private static FaceLoupeException Wrong(string text) => new(
        $"--seeds {text}: expected a number of seeds, such as 3 (at most {Most}), or different ones with commas, "
        + "such as 1,2,5.");
}
