using CsCheck;
using FaceLoupe.Geometry;

namespace FaceLoupe.Tests.Geometry;

public class BoxDeltaTests
{
    [Fact]
    public void Encode_by_hand()
    {
        // Centre 10,10 to 12,9: 2/8 and -1/16 of the size; sides x2 and x1/2; divided by 0.1 and 0.2.
        var delta = BoxDelta.Encode(Box.FromCenter(10, 10, 8, 16), Box.FromCenter(12, 9, 16, 8));
        delta.Tx.ShouldBe(2.5f, 1e-5f);
        delta.Ty.ShouldBe(-0.625f, 1e-5f);
        delta.Tw.ShouldBe(MathF.Log(2) / 0.2f, 1e-5f);
        delta.Th.ShouldBe(-MathF.Log(2) / 0.2f, 1e-5f);
    }

    [Fact]
    public void Decode_by_hand() => new BoxDelta(1, -2, MathF.Log(3) / 0.2f, 0).Decode(Box.FromCenter(50, 60, 20, 10))
        .ShouldBeNear(Box.FromCenter(52, 58, 60, 10), 1e-3f);

    [Fact]
    public void Part_by_hand() => new BoxDelta(1, -2, 3, -4).Part(0.5f).ShouldBe(new BoxDelta(0.5f, -1, 1.5f, -2));

    [Fact]
    public void No_delta_is_the_same_box() => Boxes.Any.Sample(box =>
    {
        BoxDelta.Encode(box, box).ShouldBe(default);
        default(BoxDelta).Decode(box).ShouldBeNear(box, 1e-3f);
    });

    [Fact]
    public void Decode_undoes_encode() =>
        Gen.Select(Boxes.Any, Boxes.Any).Where(
            (a, b) => WithinReach(a.Width, b.Width) && WithinReach(a.Height, b.Height))
        .Sample(
            (reference, target) => BoxDelta.Encode(reference, target).Decode(reference).ShouldBeNear(target, 0.02f));

    [Fact]
    public void Encode_undoes_decode() =>
        Gen.Select(Boxes.Crowded, Gen.Float[-5, 5], Gen.Float[-5, 5], Gen.Float[-5, 5], Gen.Float[-5, 5])
        .Sample((reference, tx, ty, tw, th) =>
        {
            var delta = new BoxDelta(tx, ty, tw, th);
            var again = BoxDelta.Encode(reference, delta.Decode(reference));
            again.Tx.ShouldBe(tx, 1e-2f);
            again.Ty.ShouldBe(ty, 1e-2f);
            again.Tw.ShouldBe(tw, 1e-2f);
            again.Th.ShouldBe(th, 1e-2f);
        });

    [Fact]
    public void The_delta_does_not_change_with_scale_or_place() =>
        Gen.Select(Boxes.Crowded, Boxes.Crowded).Sample((reference, target) =>
    {
        var delta = BoxDelta.Encode(reference, target);
        var moved = BoxDelta.Encode(reference.Scale(4).Translate(32, 8), target.Scale(4).Translate(32, 8));
        moved.Tx.ShouldBe(delta.Tx, 1e-2f);
        moved.Ty.ShouldBe(delta.Ty, 1e-2f);
        moved.Tw.ShouldBe(delta.Tw, 1e-3f);
        moved.Th.ShouldBe(delta.Th, 1e-3f);
    });

    [Fact]
    public void A_wild_delta_stays_finite()
    {
        var box = new BoxDelta(0, 0, 1e6f, -1e6f).Decode(new Box(0, 0, 16, 16));
        box.Width.ShouldBe(1000, 1);
        box.Height.ShouldBe(0.256f, 0.001f);
    }

    // Decode follows ratios of up to e^4.135 = 62 either way; beyond that it clamps, which has a test of its own.
    private static bool WithinReach(float a, float b) => a < 50 * b && b < 50 * a;
}
