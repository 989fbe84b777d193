using FaceLoupe.Anonymising;
using FaceLoupe.Models;
using FaceLoupe.Tests.Models;

namespace FaceLoupe.Tests.Anonymising;

/// <summary>A certificate to be altered.</summary>
internal static class MaskCertificates
{
    public static ModelManifest Model { get; } = Manifests.Sound();

    public static MaskCertificate Sound() => new()
    {
        Created = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        Model = "test 1.2.3",
        ModelSha256 = MaskCertificate.HashOf(Model),
        Shape = MaskShape.Ellipse,
        MaskScale = 1.3f,
        HiddenShare = 0.75f,
        MinFace = 0,
        Miss = 0.05,
        Confidence = 0.95,
        Threshold = 0.002f,
        Pictures = 120,
        PicturesWithMiss = 1,
        PicturesWithoutFaces = 3,
        FalsePositiveMasksPerPicture = 1.5,
        PicturesSha256 = new string('b', 64),
    };
}
