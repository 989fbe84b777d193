using FaceLoupe.Models;
using FaceLoupe.Training.Calibration;

namespace FaceLoupe.Training.Tests.Calibration;

public sealed class FusionSearchTests
{
    // Places 0 to 2 are faces, 3 to 5 are not.
    private static readonly CandidateSet Stage2Knows = CandidateSet.Of("some", [Scenes.Picture(
        3, Scenes.At(0, 0, 1), Scenes.At(1, 0, 1), Scenes.At(2, 0, 1),
        Scenes.At(3, 2, -0.5f), Scenes.At(4, 2, -0.5f), Scenes.At(5, 2, -0.5f))]);

    [Fact]
    public void the_stage_that_knows_gets_the_weight()
    {
        var search = new FusionSearch([Stage2Knows], 0.5f);

        var fusion = search.Run();

        fusion.Stage2Weight.ShouldBeGreaterThan(fusion.Stage1Weight);
        search.Quality(fusion).ShouldBe(1);
        search.Quality(null).ShouldBe(0.5, 1e-6); // stage 1 puts the wrong ones first
    }

    [Fact]
    public void a_shift_that_harms_is_not_followed()
    {
        var set = CandidateSet.Of("some", [Scenes.Picture(1, Scenes.At(0, 1, 1, native: true, tx: 5), Scenes.At(1, 0, 0))]);

        new FusionSearch([set], 0.5f).Run().Native!.ShiftWeight.ShouldBeLessThan(1);
    }
}
