using FaceLoupe.Anonymising;

namespace FaceLoupe.Tests.Anonymising;

public class MaskColorTests
{
    [Theory]
    [InlineData("#FF8000", 255, 128, 0)]
    [InlineData("ff8000", 255, 128, 0)]
    [InlineData("Black", 0, 0, 0)]
    [InlineData("white", 255, 255, 255)]
    [InlineData("grey", 128, 128, 128)]
    [InlineData("gray", 128, 128, 128)]
    public void colours_are_read(string text, byte red, byte green, byte blue)
    {
        MaskColor.TryParse(text, out var color).ShouldBeTrue();
        color.ShouldBe(new MaskColor(red, green, blue));
        MaskColor.TryParse(color.ToString(), out var again).ShouldBeTrue();
        again.ShouldBe(color);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("#12345")]
    [InlineData("#1234567")]
    [InlineData("##12345")]
    [InlineData("-12345")]
    [InlineData("mauve")]
    public void other_texts_are_no_colours(string? text) => MaskColor.TryParse(text, out _).ShouldBeFalse();
}
