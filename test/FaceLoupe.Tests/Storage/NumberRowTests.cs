using FaceLoupe.Storage;

namespace FaceLoupe.Tests.Storage;

public class NumberRowTests
{
    [Fact]
    public void blanks_of_any_kind_stand_between_numbers() => NumberRow.Parse(" 1 -2.5\t3e2 ").ShouldBe([1, -2.5, 300]);

    [Theory]
    [InlineData("1 x")]
    [InlineData("1 NaN")]
    [InlineData("1 1e39")]
    [InlineData("1,5")]
    public void a_word_that_is_no_finite_number_makes_it_no_row(string line) => NumberRow.Parse(line).ShouldBeNull();
}
