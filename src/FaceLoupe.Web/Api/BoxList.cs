using System.Text.Json;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Web.Problems;
using FaceLoupe.Web.Uploads;

namespace FaceLoupe.Web.Api;

/// <summary>
/// Boxes that come with an image: the form's field <c>boxes</c>, a JSON array of objects with x, y, width and height.
/// </summary>
internal static class BoxList
{
    /// <summary>Name of the field.</summary>
    public const string Field = "boxes";

    /// <summary>The boxes of a form; null if it has none.</summary>
    /// <exception cref="RequestRefusedException">The field is malformed, or there is another one.</exception>
    public static Box[]? Of(Upload upload, int most)
    {
        upload.RefuseFieldsBut(Field);
        if (!upload.Fields.TryGetValue(Field, out var text))
        {
            return null;
        }

        var entries = Parse(text);
        return entries.Count > most
            ? throw RequestRefusedException.BadParameter(
                FormattableString.Invariant($"{Field} holds {entries.Count} boxes; at most {most} are taken."))
            : [.. entries.Select(box => new Box((float)box.X, (float)box.Y, (float)box.Width, (float)box.Height))];
    }

    /// <summary>The parts of the boxes that lie within an image.</summary>
    /// <exception cref="RequestRefusedException">A box is outside the image.</exception>
    public static Box[] Within(this Box[] boxes, Picture picture) => Array.ConvertAll(boxes, box =>
        box.Clip(picture.Width, picture.Height) is { IsValid: true } inside
            ? inside
            : throw RequestRefusedException.BadParameter(FormattableString.Invariant(
                $"The box {box.X},{box.Y},{box.Width},{box.Height} is not within {picture.Width}x{picture.Height}.")));

    private static List<BoxEntry> Parse(string text)
    {
        try
        {
            // The serializer refuses null for properties, but not for the elements of a list.
            return JsonSerializer.Deserialize<List<BoxEntry?>>(text, Strict) is { } boxes && !boxes.Contains(null)
                ? boxes.ConvertAll(box => box!)
                : throw new JsonException("null is not a box");
        }
        catch (JsonException)
        {
            throw RequestRefusedException.BadParameter(
                $"{Field} is not a JSON array of boxes such as [{{\"x\":1,\"y\":2,\"width\":30,\"height\":40}}].");
        }
    }

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
    };
}
