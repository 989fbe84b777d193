using System.Text;
using FaceLoupe.Cli.Video;
using FaceLoupe.Imaging;

namespace FaceLoupe.Cli.Tests.Video;

public class PpmStreamTests
{
    [Fact]
    public void pictures_follow_each_other_each_of_its_own_size()
    {
        byte[] bytes = [.. "P6\n2 1\n255\n"u8, 1, 2, 3, 4, 5, 6, .. "P6 1 1 255 "u8, 10, 13, 32];

        var pictures = Read(bytes);

        pictures.Select(picture => (picture.Width, picture.Height)).ShouldBe([(2, 1), (1, 1)]);
        pictures[0].Pixels.ShouldBe([1, 2, 3, 4, 5, 6]);
        pictures[1].Pixels.ShouldBe([10, 13, 32]);
    }

    [Fact]
    public void the_end_may_come_at_once_or_within_a_picture()
    {
        Read([]).ShouldBeEmpty();
        Read([.. "P6\n1 1\n255\n"u8, 1, 2, 3, .. "P6\n2 1\n255\n"u8, 1, 2]).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("P5\n1 1\n255\nx")]
    [InlineData("P6\n0 1\n255\n")]
    [InlineData("P6\n-1 1\n255\n")]
    [InlineData("P6\n1 1\n65535\nabcdef")]
    [InlineData("P6\n99999 99999\n255\n")]
    [InlineData("something else entirely")]
    public void something_else_is_refused(string text) =>
        Should.Throw<InvalidDataException>(() => Read(Encoding.ASCII.GetBytes(text)));

    private static Picture[] Read(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return [.. PpmStream.Read(stream)];
    }
}
