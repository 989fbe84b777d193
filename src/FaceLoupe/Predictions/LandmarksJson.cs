using System.Text.Json;
using FaceLoupe.Geometry;

namespace FaceLoupe.Predictions;

/// <summary>How the landmarks of a face look in JSON: an object with a pair of numbers for each point.</summary>
internal static class LandmarksJson
{
    private const string Key = "landmarks";
    private static readonly string[] Keys = ["leftEye", "rightEye", "nose", "leftMouth", "rightMouth"];

    /// <summary>Writes the key into the face that is open; nothing where there are none.</summary>
    /// <param name="json">Takes it.</param>
    /// <param name="landmarks">The points.</param>
    /// <param name="rounded">Rounds a coordinate.</param>
    public static void Write(Utf8JsonWriter json, FaceLandmarks? landmarks, Func<float, decimal> rounded)
    {
        if (landmarks is null)
        {
            return;
        }

        json.WriteStartObject(Key);
        foreach (var (key, (x, y)) in Keys.Zip(landmarks.Points))
        {
            json.WriteStartArray(key);
            json.WriteNumberValue(rounded(x));
            json.WriteNumberValue(rounded(y));
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>Reads the key of a face; null: it has none.</summary>
    /// <exception cref="KeyNotFoundException">A point is missing.</exception>
    /// <exception cref="InvalidOperationException">A point is no pair of numbers.</exception>
    public static FaceLandmarks? Read(JsonElement face) => face.TryGetProperty(Key, out var landmarks)
        ? FaceLandmarks.Of([.. Keys.SelectMany(key => Pair(landmarks.GetProperty(key)))])
        : null;

    private static float[] Pair(JsonElement point) => point.GetArrayLength() == 2
        ? [point[0].GetSingle(), point[1].GetSingle()]
        : throw new InvalidOperationException("Not two numbers.");
}
