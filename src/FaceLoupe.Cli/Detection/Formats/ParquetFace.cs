using System.Text.Json.Serialization;
using FaceLoupe.Predictions;

namespace FaceLoupe.Cli.Detection.Formats;

/// <summary>A face of a row of a Parquet file, unrounded.</summary>
internal sealed class ParquetFace
{
    [JsonPropertyName("x")]
    public float X { get; set; }

    [JsonPropertyName("y")]
    public float Y { get; set; }

    [JsonPropertyName("width")]
    public float Width { get; set; }

    [JsonPropertyName("height")]
    public float Height { get; set; }

    [JsonPropertyName("score")]
    public double Score { get; set; }

    [JsonPropertyName("logit")]
    public double Logit { get; set; }

    public static ParquetFace Of(FoundFace face) => new()
    {
        X = face.Box.X,
        Y = face.Box.Y,
        Width = face.Box.Width,
        Height = face.Box.Height,
        Score = face.WrittenScore,
        Logit = face.Logit,
    };
}
