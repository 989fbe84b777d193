using FaceLoupe.DependencyInjection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FaceLoupe.Tests.DependencyInjection;

public class FaceLoupeServicesTests
{
    [Fact]
    public void the_application_has_one_detector_with_the_options_given()
    {
        using var provider = new ServiceCollection()
            .AddFaceLoupe(options =>
            {
                options.ModelFolder = TinyModel.Folder;
                options.Detector = new DetectorOptions { MinScore = 0.25f, Threads = 1 };
            })
            .BuildServiceProvider();

        var detector = provider.GetRequiredService<FaceLoupeDetector>();

        detector.MinScore.ShouldBe(0.25f);
        using var scope = provider.CreateScope();
        scope.ServiceProvider.GetRequiredService<FaceLoupeDetector>().ShouldBeSameAs(detector);
    }

    [Fact]
    public void the_model_is_loaded_when_first_asked_for_and_a_fault_is_reported_each_time()
    {
        using var folder = new Datasets.TemporaryFolder();
        using var provider = new ServiceCollection()
            .AddFaceLoupe(options => options.ModelFolder = folder.Path("later"))
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });

        Should.Throw<FaceLoupeException>(() => provider.GetService<FaceLoupeDetector>()).Message.ShouldContain("later");
        Directory.Move(TinyModel.Copy().FullName, folder.Path("later"));
        provider.GetService<FaceLoupeDetector>().ShouldNotBeNull();
    }

    [Fact]
    public void the_container_disposes_the_detector()
    {
        var provider = new ServiceCollection()
            .AddFaceLoupe(options => options.ModelFolder = TinyModel.Folder)
            .BuildServiceProvider();
        var detector = provider.GetRequiredService<FaceLoupeDetector>();
        detector.Detect(TinyModel.Scene(64, 64)).Count.ShouldBe(0);

        provider.Dispose();

        Should.Throw<Exception>(() => detector.Detect(TinyModel.Scene(64, 64)));
    }

    [Fact]
    public void configuration_binds_to_the_options()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["FaceLoupe:ModelFolder"] = TinyModel.Folder,
            ["FaceLoupe:Detector:MinScore"] = "0.75",
            ["FaceLoupe:Detector:Stages"] = "ProposalsOnly",
        }).Build();
        var services = new ServiceCollection();
        services.Configure<FaceLoupeOptions>(configuration.GetSection("FaceLoupe"));
        using var provider = services.AddFaceLoupe().BuildServiceProvider();

        var detector = provider.GetRequiredService<FaceLoupeDetector>();

        detector.MinScore.ShouldBe(0.75f);
        var square = TinyModel.Scene(90, 90, (TinyModel.Square(16, 4, 4), TinyModel.White));
        detector.Detect(square)[0].Stage2Logit.ShouldBeNull();
    }

    [Fact]
    public void a_detector_that_was_registered_before_stays()
    {
        using var bundle = TinyModel.Open();
        using var own = new FaceLoupeDetector(bundle);
        using var provider = new ServiceCollection().AddSingleton(own).AddFaceLoupe().BuildServiceProvider();

        provider.GetRequiredService<FaceLoupeDetector>().ShouldBeSameAs(own);
    }
}
