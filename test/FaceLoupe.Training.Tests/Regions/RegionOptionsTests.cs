using FaceLoupe.Models;
using FaceLoupe.Training.Configuration;
using FaceLoupe.Training.Regions;
using FaceLoupe.Training.Workspace;

namespace FaceLoupe.Training.Tests.Regions;

public sealed class RegionOptionsTests
{
    [Fact]
    public void one_factor_gives_a_manifest_without_context_by_size() =>
        new RegionOptions { ContextFactor = 3 }.ToContext(28).ShouldBe(
            new ContextSection { Factor = 3, RouteAbove = 28 });

    [Fact]
    public void a_context_by_size_is_set_in_part_or_whole_and_goes_into_the_manifest()
    {
        var part = Load("regions.contextFactor=1.5", "regions.contextBySize.to=40");
        part.ToContext(null).ShouldBe(new ContextSection
        {
            Factor = 1.5f, RouteAbove = null, BySize = new ContextBySizeSection { From = 12, To = 40, Factor = 3 },
        });
        part.ContextText.ShouldBe("1.5 up to 12 px and 3 from 40 px on");

        Load("regions.contextBySize={\"from\":8,\"to\":9,\"factor\":1}").ContextBySize
            .ShouldBe(new ContextBySizeOptions { From = 8, To = 9, Factor = 1 });
        Load("regions.contextBySize.to=40", "regions.contextBySize=null").ShouldBe(new RegionOptions());
        new RegionOptions().ContextText.ShouldBe("2");
    }

    [Fact]
    public void its_faults_are_reported_by_their_keys() =>
        Should.Throw<FaceLoupeException>(() => Load(
                "regions.contextBySize.from=48", "regions.contextBySize.to=48",
                "regions.contextBySize.factor=9")).Message
            .ShouldContain("regions.contextBySize.from must be above 0 and below to, was 48 with to 48; "
                + "regions.contextBySize.factor must be from 1 to 8, was 9.");

    private static RegionOptions Load(params string[] overrides) =>
        ConfigFile.Load<TrainingConfig>(null, overrides).Regions;
}
