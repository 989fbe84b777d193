using FaceLoupe.Geometry;

namespace FaceLoupe.Training.Samples.Layout;

/// <summary>Sorts the faces of placements into faces to learn and places to ignore.</summary>
internal static class CanvasFaces
{
    // A face with less than this share in sight is background.
    private const float Hidden = 0.02f;

    /// <summary>The faces to learn and the places to ignore, in pixels of the canvas.</summary>
    /// <param name="placements">The placements, the topmost last.</param>
    /// <param name="options">The limits of size and visibility.</param>
    /// <param name="landmarks">Receives the landmarks of the faces to learn (null: unknown); null: not needed.</param>
    public static (List<Box> Faces, List<Box> Ignored) Sort(
        IReadOnlyList<Placement> placements, CanvasOptions options, List<FaceLandmarks?>? landmarks = null)
    {
        var faces = new List<Box>();
        var ignored = new List<Box>();
        for (var i = 0; i < placements.Count; i++)
        {
            var placement = placements[i];
            var cell = ToBox(placement.Cell);
            foreach (var annotation in placement.Faces)
            {
                var box = placement.ToCanvas(annotation.Box);
                var inCell = Clip(box, cell);
                var visible = VisibleArea(inCell, placements, i + 1) / box.Area;
                if (visible <= Hidden)
                {
                    continue;
                }

                if (annotation.Invalid || box.LongerSide < options.IgnoreBelow || visible < options.MinVisible)
                {
                    ignored.Add(inCell);
                }
                else
                {
                    faces.Add(box);
                    landmarks?.Add(annotation.Landmarks?.Map(placement.ToCanvas));
                }
            }
        }

        return (faces, ignored);
    }

    /// <summary>Area not covered by later placements, which never overlap each other.</summary>
    private static float VisibleArea(in Box box, IReadOnlyList<Placement> placements, int firstAbove)
    {
        var area = box.Area;
        for (var i = firstAbove; i < placements.Count; i++)
        {
            area -= Overlap.Intersection(box, ToBox(placements[i].Cell));
        }

        return area;
    }

    private static Box ToBox(CanvasCell cell) => new(cell.X, cell.Y, cell.Width, cell.Height);

    private static Box Clip(in Box box, in Box cell) =>
        box.Translate(-cell.X, -cell.Y).Clip(cell.Width, cell.Height).Translate(cell.X, cell.Y);
}
