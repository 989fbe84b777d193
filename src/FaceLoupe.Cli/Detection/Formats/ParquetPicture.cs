using System.Text.Json.Serialization;
using FaceLoupe.Geometry;
using FaceLoupe.Predictions;
using Parquet.Serialization.Attributes;

namespace FaceLoupe.Cli.Detection.Formats;

/// <summary>A row of a Parquet file; columns have the names of the keys of JSON lines.</summary>
internal sealed class ParquetPicture
{
    [JsonPropertyName("image")]
    [ParquetRequired]
    public string Image { get; set; } = string.Empty;

    [JsonPropertyName("key")]
    public string? Key { get; set; }

    [JsonPropertyName("status")]
    [ParquetRequired]
    public string Status { get; set; } = ResultRow.Ok;

    [JsonPropertyName("error")]
    public string? Error { get; set; }

    [JsonPropertyName("frame")]
    public long? Frame { get; set; }

    [JsonPropertyName("time")]
    public double? Time { get; set; }

    [JsonPropertyName("width")]
    public int? Width { get; set; }

    [JsonPropertyName("height")]
    public int? Height { get; set; }

    [JsonPropertyName("damaged")]
    public bool? Damaged { get; set; }

    [JsonPropertyName("output")]
    public string? Output { get; set; }

    [JsonPropertyName("faces")]
    public List<ParquetFace> Faces { get; set; } = [];

    public static ParquetPicture Of(ResultRow row) => row.Picture is not { } picture
        ? new ParquetPicture { Image = row.Image, Key = row.Sample, Status = ResultRow.Failed, Error = row.Error }
        : new ParquetPicture
        {
            Image = picture.Image,
            Key = picture.Sample,
            Frame = picture.Frame?.Number,
            Time = picture.Frame?.Seconds,
            Width = picture.Width,
            Height = picture.Height,
            Damaged = picture.IsDamaged,
            Output = picture.Output,
            Faces = [.. picture.Faces.Select(ParquetFace.Of)],
        };

    public ResultRow Row()
    {
        if (Status == ResultRow.Failed)
        {
            return new ResultRow(Image, null, Error ?? string.Empty) { Sample = Key };
        }

        var frame = Frame is { } number ? new FramePosition(number, Time ?? 0) : (FramePosition?)null;
        return ResultRow.Of(new PictureFaces(
            Image,
            ResultNames.Of(Image, frame),
            Width ?? 0,
            Height ?? 0,
            [.. Faces.Select(face => new FoundFace(new Box(face.X, face.Y, face.Width, face.Height), face.Logit)
            {
                WrittenScore = face.Score,
            })],
            frame)
        {
            IsDamaged = Damaged ?? false,
            Output = Output,
            Sample = Key,
        });
    }
}
