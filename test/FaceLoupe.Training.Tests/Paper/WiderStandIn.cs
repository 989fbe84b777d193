using FaceLoupe.Datasets;
using FaceLoupe.Training.Tests.Runs;
using FaceLoupe.Training.Tests.Stages;

namespace FaceLoupe.Training.Tests.Paper;

/// <summary>Painted faces in the folders of WIDER FACE, without the ground truth of easy, medium and hard.</summary>
internal sealed class WiderStandIn : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public WiderStandIn()
    {
        using var faces = new PaintedFaces();
        foreach (var split in (string[])["train", "val"])
        {
            var images = folder.Of($"WIDER_{split}", "images", "0--Parade");
            Directory.CreateDirectory(images);
            var pictures = WiderFaceDataset.Open(faces.Folder).Pictures.Select(picture =>
            {
                File.Copy(picture.Path, System.IO.Path.Combine(images, picture.Name));
                return picture with { Name = $"0--Parade/{picture.Name}" };
            });
            WiderFaceDataset.Write(folder.Of("wider_face_split", $"wider_face_{split}_bbx_gt.txt"), pictures);
        }
    }

    public string Path => folder.Path;

    public string Of(params string[] parts) => folder.Of(parts);

    public void Dispose() => folder.Dispose();
}
