using System.Text.Json;
using FaceLoupe.Storage;

namespace FaceLoupe.Training.Drawing;

/// <summary>Writes a COCO file with the two categories <c>beetle</c> and <c>leaf</c>.</summary>
internal static class DrawnAnnotations
{
    private static readonly DrawnKind[] Kinds = [DrawnKind.Beetle, DrawnKind.Leaf];

    public static void Write(string path, IReadOnlyList<(string Name, int Side, DrawnScene Scene)> pictures)
    {
        var document = new
        {
            images = pictures.Select((picture, i) => new
            {
                id = i + 1, file_name = picture.Name, width = picture.Side, height = picture.Side,
            }),
            annotations = pictures
                .SelectMany((picture, i) =>
                    picture.Scene.Objects.Select(thing => (Image: i + 1, thing.Kind, thing.Box)))
                .Select((drawn, i) => new
                {
                    id = i + 1,
                    image_id = drawn.Image,
                    category_id = Array.IndexOf(Kinds, drawn.Kind) + 1,
                    bbox = new[] { drawn.Box.X, drawn.Box.Y, drawn.Box.Width, drawn.Box.Height },
                    area = drawn.Box.Area,
                    iscrowd = 0,
                }),
            categories = Kinds.Select((kind, i) => new { id = i + 1, name = kind.ToString().ToLowerInvariant() }),
        };
        AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, document));
    }
}
