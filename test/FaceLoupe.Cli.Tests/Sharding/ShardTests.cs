using FaceLoupe.Cli.Sharding;

namespace FaceLoupe.Cli.Tests.Sharding;

public class ShardTests
{
    [Fact]
    public void a_part_is_read_and_named()
    {
        Shard.Parse("3/16").ShouldBe(new Shard(3, 16));
        Shard.Parse("3/16").Name.ShouldBe("00003-of-00016");
    }

    [Theory]
    [InlineData("16/16", "part 16 is out of range; 16 parts are numbered from 0 to 15")]
    [InlineData("0/0", "0 parts are out of range; expected 1 to 100000")]
    [InlineData("-1/4", "expected 'auto' or I/N")]
    [InlineData("4", "expected 'auto' or I/N")]
    [InlineData("1/2/3", "expected 'auto' or I/N")]
    [InlineData("99999999999/4", "part 99999999999 is out of range")]
    public void other_parts_are_refused(string text, string reported) =>
        Should.Throw<FaceLoupeException>(() => Shard.Parse(text)).Message.ShouldContain(reported);

    [Theory]
    [InlineData(0, 4)]
    [InlineData(3, 4)]
    [InlineData(10, 4)]
    [InlineData(100_000_003, 7)]
    public void parts_are_blocks_that_share_a_list_without_gap(long lines, int count)
    {
        var next = 0L;
        for (var i = 0; i < count; i++)
        {
            var (first, length) = new Shard(i, count).BlockOf(lines);
            first.ShouldBe(next);
            length.ShouldBeInRange(lines / count, (lines / count) + 1);
            next += length;
        }

        next.ShouldBe(lines);
    }
}
