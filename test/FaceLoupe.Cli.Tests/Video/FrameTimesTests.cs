using FaceLoupe.Cli.Video;

namespace FaceLoupe.Cli.Tests.Video;

public class FrameTimesTests
{
    [Fact]
    public void times_come_sorted_and_without_what_is_never_shown() =>
        FrameTimes.Parse("0.000000,K_\n0.200000,__\n0.100000,___\n-0.1,_D\n").Seconds.ShouldBe([0, 0.1, 0.2]);

    [Fact]
    public void where_one_time_is_not_known_none_is() =>
        FrameTimes.Parse("0.000000,K_\nN/A,__\n0.1,__\n").Seconds.ShouldBeEmpty();

    [Theory]
    [InlineData("", true)]
    [InlineData("0.3;0.333;0.367;0.400", true)] // thousandths
    [InlineData("0.3;0.333;0.4", false)]
    [InlineData("0;0.033333;0.066667;0.316667", false)]
    public void a_constant_rate_is_reported_from_an_uneven_one(string times, bool even) =>
        FrameTimes.Parse(string.Join('\n', times.Split(';').Select(time => time + ",__").Where(_ => times.Length > 0)))
            .AreEven(new FrameRate(30, 1)).ShouldBe(even);
}
