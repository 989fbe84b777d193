using FaceLoupe.Codecs;
using FaceLoupe.Tests.PublicApi;

namespace FaceLoupe.Cli.Tests.Codecs;

public class PublicApiTests
{
    [Fact]
    public void The_codecs_have_the_public_members_of_their_file() =>
        ApiText.ShouldBeThatOf(typeof(MoreFormats).Assembly);
}
