using FaceLoupe.Datasets;
using FaceLoupe.Geometry;
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
    public void the_better_stage_gets_the_weight()
    {
        var search = new FusionSearch([Stage2Knows], 0.5f);

        var fusion = search.Run();

        fusion.Stage2Weight.ShouldBeGreaterThan(fusion.Stage1Weight);
        search.Quality(fusion).ShouldBe(1);
        search.Quality(null).ShouldBe(0.5, 1e-6); // stage 1 puts the wrong ones first
    }

    [Fact]
    public void no_size_band_loses_for_another()
    {
        Box face = new(500, 500, 50, 50), other = new(700, 500, 50, 50);
        var (picture, candidates) = Scenes.Picture(1, Scenes.At(0, 0, 1), Scenes.At(3, 2, -0.5f));
        var set = CandidateSet.Of("some", [(
            picture with { Faces = [.. picture.Faces, new FaceAnnotation(face)] },
            [.. candidates, new Candidate(face, 3, -3, default, false), new Candidate(other, 0, 3, default, false)])]);
        var search = new FusionSearch([set], 0.5f);

        // Better for the tiny face, and so much worse for the large one that the first stage alone is to be preferred.
        search.Quality(new FusionSection { Stage1Weight = 0, Stage2Weight = 1 }).ShouldBeLessThan(search.Quality(null));
    }

    [Fact]
    public void a_harmful_delta_gets_no_weight()
    {
        var set = CandidateSet.Of(
            "some", [Scenes.Picture(1, Scenes.At(0, 1, 1, native: true, tx: 5), Scenes.At(1, 0, 0))]);

        new FusionSearch([set], 0.5f).Run().Native!.DeltaWeight.ShouldBeLessThan(1);
    }
}
