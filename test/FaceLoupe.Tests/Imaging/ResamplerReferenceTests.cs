using System.Text.Json;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;

namespace FaceLoupe.Tests.Imaging;

/// <summary>The resampler against what Pillow made of the same image (Reference/record_bicubic.py).</summary>
public class ResamplerReferenceTests
{
    private static readonly JsonSerializerOptions CamelCase = new(JsonSerializerDefaults.Web);

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Load().Cases.Length)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Equals_pillow_s_bicubic(int index)
    {
        var recorded = Load();
        var source = new Picture(recorded.Width, recorded.Height, [.. recorded.Pixels.Select(value => (byte)value)]);
        var expected = recorded.Cases[index];
        var actual = expected.Region is [var left, var top, var right, var bottom]
            ? Resampler.Crop(source, Box.FromCorners(left, top, right, bottom), expected.Width, expected.Height)
            : Resampler.Resize(source, expected.Width, expected.Height);

        actual.Pixels.Length.ShouldBe(expected.Values.Length);
        for (var i = 0; i < expected.Values.Length; i++)
        {
            var value = Math.Clamp(expected.Values[i], 0, 255);
            Math.Abs(actual.Pixels[i] - value).ShouldBeLessThan(
                0.502, $"value {i}: {actual.Pixels[i]}, recorded {value}");
        }
    }

    private static Recorded Load() =>
        JsonSerializer.Deserialize<Recorded>(TestPictures.ReferenceBytes("bicubic.json"), CamelCase)!;

    private sealed record Recorded(int Width, int Height, int[] Pixels, Case[] Cases);

    private sealed record Case(int Width, int Height, float[]? Region, double[] Values);
}
