using FaceLoupe.Models;

namespace FaceLoupe.Training.Tests.Fixtures;

public class TinyBundleTests
{
    /// <summary>Set it to 1 to have test/fixtures/tiny-bundle and tiny-landmarks written anew.</summary>
    private const string Switch = "FACELOUPE_WRITE_FIXTURES";

    [Theory]
    [InlineData("tiny-bundle", false)]
    [InlineData("tiny-landmarks", true)]
    public void the_fixture_of_the_detector_tests_is_reproducible(string name, bool landmarks)
    {
        var target = Environment.GetEnvironmentVariable(Switch) == "1"
            ? Committed(name)
            : Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            TinyBundle.Write(target, landmarks);
            ModelBundle.Open(target).Dispose();
        }
        finally
        {
            if (target != Committed(name))
            {
                Directory.Delete(target, recursive: true);
            }
        }
    }

    private static string Committed(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "FaceLoupe.slnx")))
        {
            folder = folder.Parent
                ?? throw new InvalidOperationException($"No FaceLoupe.slnx above {AppContext.BaseDirectory}.");
        }

        return Path.Combine(folder.FullName, "test", "fixtures", name);
    }
}
