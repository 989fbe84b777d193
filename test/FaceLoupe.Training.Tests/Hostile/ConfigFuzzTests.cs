using System.Text;
using FaceLoupe.Tests.Hostile;
using FaceLoupe.Training.Configuration;
using FaceLoupe.Training.Tests.Runs;

namespace FaceLoupe.Training.Tests.Hostile;

/// <summary>Changed configs are refused in our words, never with an exception of another kind.</summary>
public sealed class ConfigFuzzTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("faceloupe-fuzz-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void configs()
    {
        byte[][] corpus =
        [
            Encoding.UTF8.GetBytes("""
                { "seed": 3, "proposals": { "order": "shuffled", "folder": "data", "learningRate": 1e-3, "anchorSizes": [4, 5] } }
                """),
        ];
        var path = Path.Combine(_folder.FullName, "fuzzed.json");
        for (var seed = 0; seed < 1_500; seed++)
        {
            File.WriteAllBytes(path, new Mutations(seed).Change(corpus));
            try
            {
                ConfigFile.Load<SampleOptions>(path, []).ShouldNotBeNull();
            }
            catch (FaceLoupeException)
            {
            }
            catch (Exception fault) when (fault is not ShouldAssertException)
            {
                Assert.Fail($"seed {seed}: {fault}");
            }
        }
    }
}
