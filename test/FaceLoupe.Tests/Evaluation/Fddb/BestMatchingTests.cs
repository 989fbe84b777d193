using CsCheck;
using FaceLoupe.Evaluation.Fddb;

namespace FaceLoupe.Tests.Evaluation.Fddb;

public class BestMatchingTests
{
    [Fact]
    public void A_later_detection_may_turn_earlier_pairs_around()
    {
        // Greedy would keep 0.8 and leave 0.1; turned around the sum is 0.7 + 0.75.
        var matching = new BestMatching(2);
        matching.Add([0.8, 0.7]);
        matching.Overlaps.ShouldBe([0.8]);
        matching.Add([0.75, 0.1]);
        matching.Overlaps.ShouldBe([0.7, 0.75]);
    }

    [Fact]
    public void A_detection_may_lose_its_face_to_a_better_one()
    {
        var matching = new BestMatching(1);
        matching.Add([0.3]);
        matching.Add([0.6]);
        matching.Add([0.5]);
        matching.Overlaps.ShouldBe([0.6]);
    }

    [Fact]
    public void Without_faces_or_overlap_nothing_is_matched()
    {
        var matching = new BestMatching(0);
        matching.Add([]);
        matching.Overlaps.ShouldBeEmpty();
        matching = new BestMatching(2);
        matching.Add([0, 0]);
        matching.Overlaps.ShouldBeEmpty();
    }

    [Fact]
    public void The_sum_is_that_of_trying_every_matching() =>
        Gen.Select(Gen.Int[1, 4], Gen.Int[1, 5]).SelectMany((faces, detections) =>
            Gen.Frequency((1, Gen.Const(0d)), (2, Gen.Double[0, 1])).Array[faces].Array[detections])
        .Sample(overlaps =>
        {
            var matching = new BestMatching(overlaps[0].Length);
            for (var count = 1; count <= overlaps.Length; count++)
            {
                matching.Add(overlaps[count - 1]);
                matching.Overlaps.Sum().ShouldBe(BestSum(overlaps[..count], 0, 0), 1e-9);
            }
        });

    private static double BestSum(double[][] overlaps, int row, int taken)
    {
        if (row == overlaps.Length)
        {
            return 0;
        }

        var best = BestSum(overlaps, row + 1, taken);
        for (var face = 0; face < overlaps[row].Length; face++)
        {
            if ((taken & (1 << face)) == 0)
            {
                best = Math.Max(best, overlaps[row][face] + BestSum(overlaps, row + 1, taken | (1 << face)));
            }
        }

        return best;
    }
}
