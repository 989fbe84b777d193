using FaceLoupe.Tests;
using FaceLoupe.Web.Queueing;

namespace FaceLoupe.Web.Tests.Queueing;

public sealed class QuietMemoryTests
{
    [Fact]
    public async Task memory_is_given_back_once_when_nobody_asks_any_more()
    {
        using var bundle = TinyModel.Open();
        using var queue = new WorkQueue(LoopbackServer.Options);
        using var memory = new QuietMemory(queue, bundle, TimeSpan.FromMilliseconds(20));
        await memory.StartAsync(CancellationToken.None);
        await Task.Delay(200);
        memory.Times.ShouldBe(0, "nothing was worked yet");

        var place = queue.Enter();
        await Task.Delay(200);
        memory.Times.ShouldBe(0, "an image is under way");
        place.Dispose();
        for (var i = 0; i < 500 && memory.Times == 0; i++)
        {
            await Task.Delay(20);
        }

        await Task.Delay(200);
        memory.Times.ShouldBe(1);
        await memory.StopAsync(CancellationToken.None);
    }

    [Fact]
    public void what_is_found_stays_the_same()
    {
        using var bundle = TinyModel.Open();
        var before = new FaceLoupeDetector(bundle).Detect(Scenes.Crowd);
        bundle.ReturnMemory();
        new FaceLoupeDetector(bundle).Detect(Scenes.Crowd).Faces.ShouldBe(before.Faces);
    }
}
