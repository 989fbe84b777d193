using FaceLoupe.Models;

namespace FaceLoupe.Training.Tests.Fixtures;

public class TinyBundleTests
{
    /// <summary>Set it to 1 to have test/fixtures/tiny-bundle written anew.</summary>
    private const string Switch = "FACELOUPE_WRITE_FIXTURES";

    [Fact]
    public void the_fixture_of_the_detector_tests_can_be_made_again()
    {
        var target = Environment.GetEnvironmentVariable(Switch) == "1"
            ? Committed()
            : Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            TinyBundle.Write(target);
            ModelBundle.Open(target).Dispose();
        }
        finally
        {
            if (target != Committed())
            {
                Directory.Delete(target, recursive: true);
            }
        }
    }

    private static string Committed()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "FaceLoupe.slnx")))
        {
            folder = folder.Parent
                ?? throw new InvalidOperationException($"No FaceLoupe.slnx above {AppContext.BaseDirectory}.");
        }

        return Path.Combine(folder.FullName, "test", "fixtures", "tiny-bundle");
    }
}
