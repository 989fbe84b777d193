using FaceLoupe.Cli.Inputs;
using FaceLoupe.Imaging;
using FaceLoupe.Models;
using FaceLoupe.Refinement;

namespace FaceLoupe.Cli.Detection.FacePictures;

/// <summary>
/// What the generator makes of each face: its window, with context, enlarged four times. A window that already has so
/// many pixels is cut out as it is; the generator would lose detail.
/// </summary>
/// <param name="names">Where the images go.</param>
/// <param name="bundle">The model; must outlive this object.</param>
internal sealed class SuperResolvedFaces(FaceFileNames names, ModelBundle bundle) : IFacePictures
{
    private readonly SecondStage _stage = new(bundle);

    public void Write(PicturePlace place, Picture picture, IReadOnlyList<Face> faces)
    {
        var small = new List<int>();
        for (var i = 0; i < faces.Count; i++)
        {
            var window = _stage.Window(faces[i].Box);
            if (window.LongerSide < _stage.HighResolution)
            {
                small.Add(i);
                continue;
            }

            var side = (int)MathF.Round(window.LongerSide);
            PictureFile.Write(_stage.Crop(picture, faces[i].Box, side), names.For(place, i + 1));
        }

        foreach (var (enlarged, i) in _stage.Enlarge(picture, small.Select(i => faces[i].Box)).Zip(small))
        {
            PictureFile.Write(enlarged, names.For(place, i + 1));
        }
    }
}
