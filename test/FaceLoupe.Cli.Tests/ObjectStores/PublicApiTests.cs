using FaceLoupe.ObjectStores;
using FaceLoupe.Tests.PublicApi;

namespace FaceLoupe.Cli.Tests.ObjectStores;

public class PublicApiTests
{
    [Fact]
    public void The_stores_have_the_public_members_of_their_file() =>
        ApiText.ShouldBeThatOf(typeof(ObjectStore).Assembly);
}
