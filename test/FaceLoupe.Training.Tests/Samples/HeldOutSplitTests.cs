using FaceLoupe.Datasets;
using FaceLoupe.Training.Samples;

namespace FaceLoupe.Training.Tests.Samples;

public class HeldOutSplitTests
{
    private static readonly AnnotatedPicture[] Pictures =
        [.. Enumerable.Range(0, 40).Select(i => new AnnotatedPicture($"{i}.jpg", $"/data/{i}.jpg", []))];

    [Fact]
    public void every_picture_is_in_one_part_and_the_order_stays()
    {
        var (training, heldOut) = HeldOutSplit.Of(Pictures, 0.25);

        heldOut.Count.ShouldBe(10);
        training.Concat(heldOut).OrderBy(picture => Array.IndexOf(Pictures, picture)).ShouldBe(Pictures);
        training.ShouldBe(Pictures.Where(training.Contains));
    }

    [Fact]
    public void names_alone_decide_whatever_the_order()
    {
        var (_, heldOut) = HeldOutSplit.Of(Pictures, 0.25);
        var (_, again) = HeldOutSplit.Of([.. Pictures.Reverse().Select(picture => picture with { Path = "" })], 0.25);

        again.Select(picture => picture.Name).ShouldBe(heldOut.Select(picture => picture.Name), ignoreOrder: true);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(0.51)]
    [InlineData(double.NaN)]
    public void a_share_out_of_range_is_refused(double share) =>
        Should.Throw<FaceLoupeException>(() => HeldOutSplit.Of(Pictures, share)).Message.ShouldContain("from 0 to 0.5");
}
