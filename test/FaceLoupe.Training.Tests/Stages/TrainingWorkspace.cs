using FaceLoupe.Training.Tests.Runs;

namespace FaceLoupe.Training.Tests.Stages;

/// <summary>
/// What a test that trains needs, gone with the test: a folder, painted faces, and silence on the console.
/// </summary>
internal sealed class TrainingWorkspace : IDisposable
{
    public TemporaryFolder Folder { get; } = new();

    public PaintedFaces Faces { get; } = new();

    public CapturedConsole Console { get; } = new();

    public void Dispose()
    {
        Console.Dispose();
        Faces.Dispose();
        Folder.Dispose();
    }
}
