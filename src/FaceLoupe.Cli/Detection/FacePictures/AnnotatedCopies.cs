using FaceLoupe.Cli.Annotation;
using FaceLoupe.Imaging;

namespace FaceLoupe.Cli.Detection.FacePictures;

/// <summary>A copy of each picture with its faces marked.</summary>
/// <param name="targets">A path a picture.</param>
internal sealed class AnnotatedCopies(IReadOnlyList<string> targets) : IFacePictures
{
    public void Write(int index, Picture picture, IReadOnlyList<Face> faces) =>
        PictureFile.Write(FaceMarker.Mark(picture, faces), targets[index]);
}
