using FaceLoupe.Cli.Annotation;
using FaceLoupe.Cli.Inputs;
using FaceLoupe.Imaging;

namespace FaceLoupe.Cli.Detection.FacePictures;

/// <summary>A copy of each image with its faces marked.</summary>
/// <param name="targets">One path per input; <see cref="MarkedVideo"/> writes those of videos.</param>
/// <param name="labels">Which faces are labelled with their scores.</param>
internal sealed class AnnotatedCopies(IReadOnlyList<CopyTarget> targets, ScoreLabels labels) : IFacePictures
{
    public void Write(PicturePlace place, Picture picture, IReadOnlyList<Face> faces)
    {
        if (place.Frame is null)
        {
            PictureFile.Write(FaceMarker.Mark(picture, faces, labels), targets[place.Input].Path);
        }
    }
}
