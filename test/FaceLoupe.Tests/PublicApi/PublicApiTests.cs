using FaceLoupe.DependencyInjection;

namespace FaceLoupe.Tests.PublicApi;

/// <summary>
/// No public member comes, changes or goes unseen: each library's are kept in a file beside this one.
/// </summary>
public class PublicApiTests
{
    [Fact]
    public void The_library_has_the_public_members_of_its_file() =>
        ApiText.ShouldBeThatOf(typeof(FaceLoupeDetector).Assembly);

    [Fact]
    public void Dependency_injection_has_the_public_members_of_its_file() =>
        ApiText.ShouldBeThatOf(typeof(FaceLoupeOptions).Assembly);
}
