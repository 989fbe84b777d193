using CsCheck;
using FaceLoupe.Geometry;

namespace FaceLoupe.Tests.Geometry;

public class NonMaxSuppressionTests
{
    private static readonly Gen<(Box Box, float Score)[]> Candidates =
        Gen.Select(Boxes.Crowded, Gen.Int[0, 20].Select(score => score / 20f)).Array[0, 60];

    [Fact]
    public void By_hand()
    {
        Box[] boxes = [new(0, 0, 10, 10), new(1, 0, 10, 10), new(30, 0, 10, 10), new(0, 1, 10, 10)];
        NonMaxSuppression.Keep(boxes, [0.5f, 0.9f, 0.7f, 0.1f], 0.5f).ShouldBe([1, 2]);
        NonMaxSuppression.Keep(boxes, [0.5f, 0.9f, 0.7f, 0.1f], 0.5f, maxKept: 1).ShouldBe([1]);
        NonMaxSuppression.Keep(boxes, [0.5f, 0.9f, 0.7f, 0.1f], 1f).ShouldBe([1, 2, 0, 3]);
    }

    [Fact]
    public void An_overlap_of_just_the_threshold_is_kept() =>
        NonMaxSuppression.Keep([new(0, 0, 10, 10), new(0, 0, 5, 10)], [1, 0.5f], 0.5f).ShouldBe([0, 1]);

    [Fact]
    public void Nothing_in_is_nothing_out() => NonMaxSuppression.Keep([], [], 0.5f).ShouldBeEmpty();

    [Fact]
    public void Equal_scores_keep_their_order() =>
        NonMaxSuppression.Keep([new(0, 0, 10, 10), new(1, 0, 10, 10), new(50, 0, 10, 10)], [0.5f, 0.5f, 0.5f], 0.5f)
            .ShouldBe([0, 2]);

    [Fact]
    public void Spans_of_different_lengths_are_refused() =>
        Should.Throw<ArgumentException>(() => NonMaxSuppression.Keep([default], [], 0.5f)).Message.ShouldContain(
            "1 boxes but 0 scores");

    [Fact]
    public void Equals_the_naive_twin() =>
        Gen.Select(Candidates, Gen.Float[0, 1], Gen.Int[1, 70]).Sample((candidates, threshold, max) =>
    {
        var boxes = candidates.Select(c => c.Box).ToArray();
        var scores = candidates.Select(c => c.Score).ToArray();
        NonMaxSuppression.Keep(boxes, scores, threshold, max).ShouldBe(Naive(boxes, scores, threshold).Take(max));
    });

    [Fact]
    public void Many_kept_boxes_change_nothing()
    {
        var random = new Random(5);
        Box[] boxes = [.. Enumerable.Range(0, 1500).Select(_ => new Box(
            random.NextSingle() * 400, random.NextSingle() * 400, 4 + (random.NextSingle() * 12),
            4 + (random.NextSingle() * 12)))];
        var scores = Array.ConvertAll(boxes, _ => random.NextSingle());

        var kept = NonMaxSuppression.Keep(boxes, scores, 0.3f);

        kept.Length.ShouldBeGreaterThan(600);
        kept.ShouldBe(Naive(boxes, scores, 0.3f));
    }

    [Fact]
    public void No_two_kept_boxes_overlap_more_than_the_threshold() => Candidates.Sample(candidates =>
    {
        var boxes = candidates.Select(c => c.Box).ToArray();
        var kept = NonMaxSuppression.Keep(boxes, candidates.Select(c => c.Score).ToArray(), 0.3f);
        foreach (var (a, b) in kept.SelectMany((a, i) => kept.Skip(i + 1).Select(b => (a, b))))
        {
            Overlap.IoU(boxes[a], boxes[b]).ShouldBeLessThanOrEqualTo(0.3f);
        }
    });

    [Fact]
    public void Dropped_boxes_vote_by_probability_on_where_the_kept_one_lies()
    {
        // Logits 0 and ln 3: probabilities 0.5 and 0.75, so 2 parts against 3. The third overlaps too little to vote,
        // the fourth is a face of its own.
        Box[] boxes = [new(0, 0, 10, 10), new(1, 0, 10, 10), new(4, 0, 10, 10), new(40, 0, 10, 10)];
        float[] logits = [MathF.Log(3), 0, -1, 2];

        var kept = NonMaxSuppression.KeepByVote(boxes, logits, iouThreshold: 0.4f, voteIoU: 0.5f);

        kept.Select(k => k.Index).ShouldBe([3, 0]);
        kept[0].Box.ShouldBeNear(boxes[3]);
        kept[1].Box.ShouldBeNear(new Box(0.4f, 0, 10, 10));
    }

    [Fact]
    public void Boxes_after_the_last_kept_one_do_not_vote()
    {
        Box[] boxes = [new(0, 0, 10, 10), new(40, 0, 10, 10), new(1, 0, 10, 10)];
        NonMaxSuppression.KeepByVote(boxes, [3, 2, 1], 0.5f, 0.5f, maxKept: 1).ShouldHaveSingleItem().Box.ShouldBeNear(
            boxes[0]);
    }

    [Fact]
    public void A_hopeless_box_keeps_its_place() =>
        NonMaxSuppression.KeepByVote([new(3, 4, 5, 6)], [-1e30f], 0.5f, 0.5f).ShouldHaveSingleItem().Box.ShouldBeNear(
            new Box(3, 4, 5, 6));

    [Fact]
    public void Voting_keeps_the_same_boxes_and_moves_them_little() =>
        Gen.Select(Candidates, Gen.Float[0, 1], Gen.Int[1, 70]).Sample((candidates, threshold, max) =>
        {
            var boxes = candidates.Select(c => c.Box).ToArray();
            var scores = candidates.Select(c => c.Score).ToArray();
            var kept = NonMaxSuppression.KeepByVote(boxes, scores, threshold, 0.6f, max);
            kept.Select(k => k.Index).ShouldBe(NonMaxSuppression.Keep(boxes, scores, threshold, max));
            kept.ShouldAllBe(k => Overlap.IoU(k.Box, boxes[k.Index]) > 0.4f);
        });

    // As the definition says it: take the best that is left, then throw away what overlaps it too much.
    private static List<int> Naive(Box[] boxes, float[] scores, float threshold)
    {
        var left = Enumerable.Range(0, boxes.Length).ToList();
        var kept = new List<int>();
        while (left.Count > 0)
        {
            var best = left.MaxBy(i => (scores[i], -i));
            kept.Add(best);
            left.RemoveAll(i => i == best || Overlap.IoU(boxes[best], boxes[i]) > threshold);
        }

        return kept;
    }
}
