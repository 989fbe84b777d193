using System.Text.Json;
using FaceLoupe.Geometry;

namespace FaceLoupe.Datasets;

/// <summary>The landmarks of a face as COCO's <c>keypoints</c>: x, y and visibility of each.</summary>
internal static class CocoKeypoints
{
    private const string Key = "keypoints";
    private const int NumbersOfPoint = 3;
    private const int Visible = 2;

    /// <summary>Writes the names of the points into the category that is open.</summary>
    public static void WriteNames(Utf8JsonWriter json)
    {
        json.WriteStartArray(Key);
        foreach (var name in FaceLandmarks.Names)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
    }

    /// <summary>Writes the points into the annotation that is open.</summary>
    /// <param name="json">Takes them.</param>
    /// <param name="landmarks">The points.</param>
    /// <param name="rounded">Rounds a coordinate.</param>
    public static void Write(Utf8JsonWriter json, FaceLandmarks landmarks, Func<float, decimal> rounded)
    {
        json.WriteStartArray(Key);
        foreach (var (x, y) in landmarks.Points)
        {
            json.WriteNumberValue(rounded(x));
            json.WriteNumberValue(rounded(y));
            json.WriteNumberValue(Visible);
        }

        json.WriteEndArray();
        json.WriteNumber("num_keypoints", FaceLandmarks.Count);
    }

    /// <summary>
    /// The points of an annotation; null: there are not five, or one of them is not known (visibility 0).
    /// </summary>
    public static FaceLandmarks? Read(JsonElement annotation)
    {
        if (!annotation.TryGetProperty(Key, out var list) || list.ValueKind != JsonValueKind.Array
            || list.GetArrayLength() != NumbersOfPoint * FaceLandmarks.Count
            || list.EnumerateArray().Any(
                number => number.ValueKind != JsonValueKind.Number || !float.IsFinite((float)number.GetDouble())))
        {
            return null;
        }

        float[] numbers = [.. list.EnumerateArray().Select(number => (float)number.GetDouble())];
        return Enumerable.Range(0, FaceLandmarks.Count).Any(i => numbers[(NumbersOfPoint * i) + 2] <= 0)
            ? null
            : FaceLandmarks.Of([.. numbers.Where((_, i) => i % NumbersOfPoint < 2)]);
    }
}
