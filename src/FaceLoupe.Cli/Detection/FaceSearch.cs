using FaceLoupe.Cli.Detection.FacePictures;
using FaceLoupe.Cli.Detection.Outputs;
using FaceLoupe.Cli.Inputs;
using FaceLoupe.Imaging;
using FaceLoupe.ObjectStores;
using FaceLoupe.Predictions;

namespace FaceLoupe.Cli.Detection;

/// <summary>Finds the faces of one image or frame after the other, and writes what is to be written of each.</summary>
/// <param name="Inputs">The inputs.</param>
/// <param name="Stems">What files that are made of them are called.</param>
/// <param name="Detector">Finds the faces.</param>
/// <param name="MinFace">Longer side of the smallest face that is reported, in pixels; 0: any.</param>
/// <param name="Output">Where results go.</param>
/// <param name="FacePictures">What is drawn or cut for each image, before its result is written.</param>
internal sealed record FaceSearch(
    InputList Inputs,
    InputStems Stems,
    FaceLoupeDetector Detector,
    float MinFace,
    IDetectionOutput Output,
    IReadOnlyList<IFacePictures> FacePictures)
{
    /// <summary>Reads images that are no files of this machine.</summary>
    public required ObjectStore Store { get; init; }

    /// <summary>Finds the faces.</summary>
    /// <returns>All that the detector says, and the faces that are large enough.</returns>
    public (Detections Found, Face[] Faces) Detect(PicturePlace place, Picture picture, CancellationToken stop)
    {
        var found = Detector.Detect(picture, Inputs.Paths[place.Input], stop);
        return (found, [.. found.Faces.Where(face => face.Box.LongerSide >= MinFace)]);
    }

    /// <summary>Writes the faces; the image is finished with that.</summary>
    /// <exception cref="OutputRefusedException">The file system refused.</exception>
    public void Write(PicturePlace place, Picture picture, Detections found, Face[] faces) =>
        OutputRefusedException.Guard(() =>
        {
            foreach (var drawn in FacePictures)
            {
                drawn.Write(place, picture, faces);
            }

            Output.Write(place, PictureFaces.Of(
                Inputs.Paths[place.Input],
                place.Frame is null ? Inputs.Names[place.Input] : ResultNames.FrameFile(Stems.Of(place)),
                picture,
                faces,
                place.Frame));
        });
}
