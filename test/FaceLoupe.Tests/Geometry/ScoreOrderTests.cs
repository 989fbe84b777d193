using FaceLoupe.Geometry;

namespace FaceLoupe.Tests.Geometry;

public sealed class ScoreOrderTests
{
    [Fact]
    public void Scores_of_all_kinds_are_put_in_order() => ScoreOrder.Descending(
        [0f, -1, float.NaN, 2, -0f, float.NegativeInfinity, 1e-40f, float.PositiveInfinity, -2, 2]).ShouldBe(
            [7, 3, 9, 6, 0, 4, 1, 8, 5, 2]);

    [Theory]
    [InlineData(0f)]
    [InlineData(-3.5f)]
    [InlineData(1e-40f)]
    [InlineData(float.PositiveInfinity)]
    public void A_key_tells_its_score(float score) => ScoreOrder.OfKey(ScoreOrder.Key(score)).ShouldBe(score);
}
