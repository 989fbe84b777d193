using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Training.Samples.Augmentation;
using FaceLoupe.Training.Samples.Sources;

namespace FaceLoupe.Training.Tests.Samples.Augmentation;

public class OccluderTests
{
    private static readonly Box Face = new(20, 20, 20, 24);

    [Fact]
    public void without_a_chance_there_are_no_occluders_and_no_random_draws()
    {
        var random = new SampleRandom(1, 1);

        Occluder.Draw([Face], 0, 64, random).ShouldBeEmpty();

        random.NextDouble().ShouldBe(new SampleRandom(1, 1).NextDouble());
    }

    [Fact]
    public void one_side_of_a_face_is_covered_and_most_of_it_stays()
    {
        for (var i = 0; i < 50; i++)
        {
            var occluder = Occluder.Draw([Face], 1, 64, new SampleRandom(1, i)).ShouldHaveSingleItem();

            Overlap.Coverage(occluder.Covered, Face).ShouldBe(1, 1e-4);
            (occluder.Covered.Area / Face.Area).ShouldBeInRange(0.11f, 0.46f);
            Overlap.Coverage(occluder.From, new Box(0, 0, 64, 64)).ShouldBe(1, 1e-4);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void the_covered_place_shows_the_patch_in_every_view(int factor)
    {
        var view = new Picture(64 * factor, 64 * factor);
        for (var y = 0; y < 16 * factor; y++)
        {
            view.Pixels.AsSpan(view.OffsetOf(0, y), 3 * view.Width).Fill(200); // a bright stripe above
        }

        Occluder.Apply([new Occluder(new Box(20, 30, 8, 10), new Box(4, 2, 8, 10))], view, factor);

        view.Pixels[view.OffsetOf(24 * factor, 35 * factor)].ShouldBe((byte)200);
        view.Pixels[view.OffsetOf(30 * factor, 35 * factor)].ShouldBe((byte)0);
    }
}
