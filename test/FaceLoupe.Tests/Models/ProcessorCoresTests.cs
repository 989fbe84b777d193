using FaceLoupe.Models;

namespace FaceLoupe.Tests.Models;

public sealed class ProcessorCoresTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("faceloupe-cores-");

    public void Dispose() => _folder.Delete(true);

    [Theory]
    [InlineData("0 1", 2, 2)]
    [InlineData("0,2 1,3 0,2 1,3", 4, 2)] // two threads per core
    [InlineData("0,2 1,3 0,2 1,3", 1, 1)] // a container's share
    [InlineData("", 3, 3)]
    public void halves_of_a_core_are_one_and_a_share_is_kept(string siblings, int usable, int cores)
    {
        var processors = siblings.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < processors.Length; i++)
        {
            var topology = _folder.CreateSubdirectory(Path.Combine($"cpu{i}", "topology"));
            File.WriteAllText(Path.Combine(topology.FullName, "thread_siblings_list"), processors[i] + "\n");
        }

        _folder.CreateSubdirectory("cpufreq");
        ProcessorCores.CountIn(_folder.FullName, usable).ShouldBe(cores);
    }

    [Fact]
    public void where_the_system_does_not_tell_every_processor_is_a_core() =>
        ProcessorCores.CountIn(Path.Combine(_folder.FullName, "missing"), 5).ShouldBe(5);

    [Fact]
    public void there_is_one_at_least_and_no_more_than_may_be_used() =>
        ProcessorCores.Count.ShouldBeInRange(1, Environment.ProcessorCount);
}
