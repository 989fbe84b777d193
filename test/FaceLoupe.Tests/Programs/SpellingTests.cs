using FaceLoupe.Programs;

namespace FaceLoupe.Tests.Programs;

public class SpellingTests
{
    private static readonly string[] Words = ["detect", "blur", "evaluate", "--annotate", "--annotations", "--out"];

    [Theory]
    [InlineData("", "abc", 3)]
    [InlineData("abc", "", 3)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("detcet", "detect", 1)] // neighbours that changed places
    [InlineData("Detect", "detect", 0)]
    public void edits_are_counted(string a, string b, int edits)
    {
        Spelling.Distance(a, b).ShouldBe(edits);
        Spelling.Distance(b, a).ShouldBe(edits);
    }

    [Theory]
    [InlineData("detekt", "detect")]
    [InlineData("detcet", "detect")]
    [InlineData("blurr", "blur")]
    [InlineData("eval", "evaluate")]
    [InlineData("--anotate", "--annotate")]
    [InlineData("--output", null)] // three letters more are another word
    [InlineData("e", null)]
    [InlineData("photo.jpg", null)]
    public void the_word_that_was_meant_is_the_nearest_and_a_far_one_is_none(string given, string? meant) =>
        Spelling.Nearest(given, Words).ShouldBe(meant);
}
