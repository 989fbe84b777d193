using System.Text.Json;
using FaceLoupe.Storage;

namespace FaceLoupe.Training.Drawing;

/// <summary>Writes a COCO file with the two categories <c>beetle</c> and <c>leaf</c>.</summary>
internal static class DrawnAnnotations
{
    private static readonly DrawnKind[] Kinds = [DrawnKind.Beetle, DrawnKind.Leaf];

    public static void Write(string path, IReadOnlyList<(string Name, int Side, DrawnScene Scene)> pictures) =>
        AtomicFile.Write(path, stream =>
        {
            using var json = new Utf8JsonWriter(stream);
            json.WriteStartObject();
            json.WriteStartArray("images");
            for (var i = 0; i < pictures.Count; i++)
            {
                json.WriteStartObject();
                json.WriteNumber("id", i + 1);
                json.WriteString("file_name", pictures[i].Name);
                json.WriteNumber("width", pictures[i].Side);
                json.WriteNumber("height", pictures[i].Side);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("annotations");
            var id = 0;
            for (var i = 0; i < pictures.Count; i++)
            {
                foreach (var thing in pictures[i].Scene.Objects)
                {
                    Write(json, ++id, i + 1, thing);
                }
            }

            json.WriteEndArray();
            json.WriteStartArray("categories");
            for (var kind = 0; kind < Kinds.Length; kind++)
            {
                json.WriteStartObject();
                json.WriteNumber("id", kind + 1);
                json.WriteString("name", Kinds[kind].ToString().ToLowerInvariant());
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });

    private static void Write(Utf8JsonWriter json, int id, int image, DrawnObject thing)
    {
        json.WriteStartObject();
        json.WriteNumber("id", id);
        json.WriteNumber("image_id", image);
        json.WriteNumber("category_id", Array.IndexOf(Kinds, thing.Kind) + 1);
        json.WriteStartArray("bbox");
        float[] box = [thing.Box.X, thing.Box.Y, thing.Box.Width, thing.Box.Height];
        foreach (var number in box)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
        json.WriteNumber("area", thing.Box.Area);
        json.WriteNumber("iscrowd", 0);
        json.WriteEndObject();
    }
}
