using FaceLoupe.Datasets;
using FaceLoupe.Geometry;
using FaceLoupe.Proposals;
using FaceLoupe.Training.Samples.Sources;
using FaceLoupe.Training.Tests.Runs;

namespace FaceLoupe.Training.Tests.Samples.Sources;

public sealed class MistakeTests : IDisposable
{
    private static readonly FaceAnnotation Face = new(new Box(10, 10, 20, 20));
    private static readonly FaceAnnotation Ignored = new(new Box(100, 100, 40, 40), Invalid: true);
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void a_box_on_a_face_is_no_mistake_and_one_elsewhere_is_as_grave_as_its_score() =>
        Find("10 10 20 20 9", "60 10 20 20 0", "60 60 20 20 -9").ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(
                mistake => mistake.Box.ShouldBe(new Box(60, 10, 20, 20)),
                mistake => mistake.Weight.ShouldBe(0.5, 1e-6),
                mistake => mistake.Picture.Name.ShouldBe("a.png"));

    [Fact]
    public void a_face_that_is_not_found_is_one_and_the_less_it_is_found_the_graver()
    {
        Find().ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            mistake => mistake.Box.ShouldBe(Face.Box), mistake => mistake.Weight.ShouldBe(1));
        Find("10 10 20 20 -1").ShouldHaveSingleItem().Weight.ShouldBe(0.731, 1e-3);
    }

    [Fact]
    public void an_image_with_many_counts_as_one_with_three() =>
        Find([.. Enumerable.Range(0, 30).Select(i => $"{200 + (30 * i)} 10 20 20 9"), "10 10 20 20 9"])
            .Sum(mistake => mistake.Weight).ShouldBe(3, 1e-6);

    // An IoU of .45: the face is not found, and the box is no false alarm.
    [Fact]
    public void a_box_that_fits_badly_is_a_missed_face_alone() =>
        Find("10 10 20 9 9").ShouldHaveSingleItem().Box.ShouldBe(Face.Box);

    [Fact]
    public void what_lies_in_a_place_to_ignore_is_no_mistake() =>
        Find("10 10 20 20 9", "110 110 10 10 9").ShouldBeEmpty();

    [Fact]
    public void detections_of_other_images_are_refused()
    {
        var other = folder.File("other.txt", "b\n0\n");

        Should.Throw<FaceLoupeException>(() => InFile(other)).Message.ShouldContain("'a.png'");
    }

    private IReadOnlyList<Mistake> Find(params string[] rows) => InFile(
        folder.File("seen.txt", $"a\n{rows.Length}\n{string.Join('\n', rows)}\n"));

    private static IReadOnlyList<Mistake> InFile(string file) => Mistake.Find(
        [new AnnotatedPicture("a.png", "", [Face, Ignored])], RecordedProposals.Open(file, RecordedScores.Logit));
}
