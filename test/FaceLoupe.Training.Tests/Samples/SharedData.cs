using FaceLoupe.Datasets;
using FaceLoupe.Training.Samples.Sources;

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

    /// <summary>A file or folder under <c>../shared</c>.</summary>
    public static string PathOrSkip(string name)
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var path = Path.GetFullPath(Path.Combine(folder, "../shared", name));
            if (Path.Exists(path))
            {
                return path;
            }
        }

        Assert.Skip($"../shared/{name} is missing: this test wants the data beside the project.");
        return "";
    }

    private static string FolderOrSkip(string name) => PathOrSkip("data/" + name);
}
