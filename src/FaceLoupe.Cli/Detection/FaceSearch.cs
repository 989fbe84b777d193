using FaceLoupe.Cli.Detection.FacePictures;
using FaceLoupe.Cli.Detection.Outputs;
using FaceLoupe.Cli.Inputs;
using FaceLoupe.Cli.Streams;
using FaceLoupe.Imaging;
using FaceLoupe.ObjectStores;
using FaceLoupe.Predictions;

namespace FaceLoupe.Cli.Detection;

/// <summary>Finds the faces of images and frames, and writes the results of each.</summary>
/// <param name="Inputs">The inputs.</param>
/// <param name="Stems">Names of the files made from them.</param>
/// <param name="Detector">Finds the faces.</param>
/// <param name="MinFace">Longer side of the smallest face that is reported, in pixels; 0: any.</param>
/// <param name="Output">Where results go.</param>
/// <param name="FacePictures">Draws or cuts images, before the result is written.</param>
internal sealed record FaceSearch(
    InputList Inputs,
    InputStems Stems,
    FaceLoupeDetector Detector,
    float MinFace,
    IDetectionOutput Output,
    IReadOnlyList<IFacePictures> FacePictures)
{
    /// <summary>Reads images from elsewhere than this machine.</summary>
    public required ObjectStore Store { get; init; }

    /// <summary>Finds the faces.</summary>
    /// <returns>The detector's result, and the faces that are large enough.</returns>
    public (Detections Found, Face[] Faces) Detect(PicturePlace place, Picture picture, CancellationToken stop)
    {
        var found = Detector.Detect(picture, Inputs.Paths[place.Input], stop);
        return (found, [.. found.Faces.Where(face => face.Box.LongerSide >= MinFace)]);
    }

    /// <summary>Writes the faces, which finishes the image.</summary>
    /// <exception cref="OutputRefusedException">The file system refused.</exception>
    public void Write(PicturePlace place, Picture picture, Detections found, Face[] faces) =>
        OutputRefusedException.Check(() =>
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
