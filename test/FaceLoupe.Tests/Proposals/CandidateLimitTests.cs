using CsCheck;
using FaceLoupe.Proposals;

namespace FaceLoupe.Tests.Proposals;

public class CandidateLimitTests
{
    [Fact]
    public void few_candidates_leave_the_threshold_as_it_is()
    {
        var limit = new CandidateLimit(-1, 3);
        limit.Add([-2, -1, 0, float.NaN, 5]);
        limit.Threshold().ShouldBe(-1);
    }

    [Fact]
    public void of_many_the_best_are_left()
    {
        var limit = new CandidateLimit(-3, 4);
        limit.Add([-2.5f, -2, -1, -0.5f]);
        limit.Add([0, 1, 8, -4]);

        limit.Threshold().ShouldBeInRange(-0.51f, -0.5f);
    }

    [Fact]
    public void no_fewer_than_wanted_are_left_and_hardly_more() =>
        Gen.Select(Gen.Float[-8, 8].Array[1, 400], Gen.Int[1, 300], Gen.Float[-8, 8])
            .Sample((logits, wanted, minLogit) =>
        {
            var limit = new CandidateLimit(minLogit, wanted);
            limit.Add(logits);
            var threshold = limit.Threshold();

            threshold.ShouldBeGreaterThanOrEqualTo(minLogit);
            var reach = logits.Count(logit => logit >= minLogit);
            logits.Count(logit => logit >= threshold).ShouldBeGreaterThanOrEqualTo(Math.Min(reach, wanted));

            // Those beyond the number wanted are nearly as good as the last one wanted.
            var last = logits.Where(logit => logit >= minLogit).OrderDescending().Take(wanted).LastOrDefault(minLogit);
            threshold.ShouldBeGreaterThanOrEqualTo(
                last - (0.01f * MathF.Max(1e-3f, MathF.Abs(last))) - (reach <= wanted ? 100 : 0));
        });
}
