using FaceLoupe.Datasets;
using FaceLoupe.Training.Samples;

namespace FaceLoupe.Training.Tests.Samples;

/// <summary>The data beside the project, which a test is skipped without.</summary>
internal static class SharedData
{
    public static CanvasSource[] SourcesOrSkip() =>
    [
        new CanvasSource(WiderFaceDataset.Open(FolderOrSkip("groups/train")), 1, UnlabelledFacesLikely: false),
        new CanvasSource(WiderFaceDataset.Open(FolderOrSkip("masks/train")), 0.4, UnlabelledFacesLikely: true),
        new CanvasSource(AnnotatedFolder.OpenWithoutFaces(FolderOrSkip("negatives")), 1, UnlabelledFacesLikely: false),
    ];

    private static string FolderOrSkip(string name)
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var path = Path.GetFullPath(Path.Combine(folder, "../shared/data", name));
            if (Directory.Exists(path))
            {
                return path;
            }
        }

        Assert.Skip($"../shared/data/{name} is missing: this test wants real pictures.");
        return "";
    }
}
