using FaceLoupe.Cli.Inputs;
using FaceLoupe.Imaging;

namespace FaceLoupe.Cli.Detection.FacePictures;

/// <summary>Images made from an image or frame and its faces.</summary>
internal interface IFacePictures
{
    /// <summary>Writes them.</summary>
    /// <param name="place">Which image.</param>
    /// <param name="picture">The image.</param>
    /// <param name="faces">Its faces, best first.</param>
    /// <exception cref="FaceLoupeException">They cannot be written.</exception>
    void Write(PicturePlace place, Picture picture, IReadOnlyList<Face> faces);
}
