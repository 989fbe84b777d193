using System.Security.Cryptography;
using FaceLoupe.Anonymising;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Models;

namespace FaceLoupe.Tests.Anonymising;

/// <summary>How much of faces shows in made-up pans; docs/anonymising.md has the figures.</summary>
public sealed class PanTests : IDisposable
{
    // A face that goes out in the first frames, or has just come in when the video ends, nobody finds where it is
    // whole.
    private const int FirstFrame = 3;
    private const int LastFrames = 10;
    private const int Carry = FaceTracker.DefaultCarry;

    private readonly ModelBundle _bundle = ModelBundle.Open(RepositoryRoot.Combine("models", ModelBundle.DefaultName));

    public void Dispose() => _bundle.Dispose();

    [Theory]
    [InlineData("to the right", 210, 230, 3, 0)]
    [InlineData("to the left", 500, 230, -2, 0)]
    [InlineData("down", 300, 130, 0, 2)]
    public void faces_that_come_and_go_at_the_edge_of_a_pan_are_hidden_from_their_first_pixels_to_their_last(
        string way, int x, int y, int dx, int dy)
    {
        var pan = new MadeUpPan(320, 240, Enumerable.Range(0, 45).Select(i => (x + (i * dx), y + (i * dy))));
        var found = Found(pan);

        foreach (var every in (int[])[1, 5, 10, 20])
        {
            var regions = Mask(pan, found, every);

            var faces = pan.Visible(regions)
                .Where(face => face.Frame >= FirstFrame && face.Frame < found.Count - LastFrames).ToArray();
            faces.Length.ShouldBeGreaterThan(200);
            var reported = string.Join(", ", faces.Where(face => face.Left > 0.1)
                .Select(face => $"frame {face.Frame} person {face.Person} {face.Left:0.00} of {face.Pixels} px"));
            faces.Average(face => face.Left).ShouldBeLessThan(0.005, $"{way}, each {every}: {reported}");
            faces.Where(face => face.Pixels >= 40)
                .ShouldAllBe(face => face.Left <= 0.1, $"{way}, each {every}: {reported}");
            Flashes(faces).ShouldBe(0, $"{way}, each {every}: {reported}");
        }
    }

    [Fact]
    public void searching_each_fifth_frame_of_a_pan_hides_no_fewer_faces()
    {
        // What docs/anonymising.md tells of; a third of its length.
        var pan = new MadeUpPan(640, 360, Enumerable.Range(0, 41).Select(i => (180 + (2 * i), 200)));
        var found = Found(pan);

        var (all, some) = (OnFaces(pan, Mask(pan, found, 1)), OnFaces(pan, Mask(pan, found, 5)));

        some.Faces.ShouldBeGreaterThanOrEqualTo(all.Faces);
        some.FalsePositives.ShouldBeLessThan(all.FalsePositives,
            "a false alarm of one frame is carried, and seen by one in five");
    }

    private List<IReadOnlyList<FaceRegion>> Found(MadeUpPan pan)
    {
        var found = new List<IReadOnlyList<FaceRegion>>();
        using var anonymiser = new Anonymiser(_bundle);
        _ = anonymiser.Recording(found).AnonymiseTwice(pan.Frames, carry: 0).Count();
        return found;
    }

    // Frames are known by what they show: which of them are searched is the anonymiser's choice.
    private static IReadOnlyList<FaceRegion>[] Mask(
        MadeUpPan pan, List<IReadOnlyList<FaceRegion>> found, int every)
    {
        var known = pan.Frames().Select(Hash).Zip(found).ToDictionary(frame => frame.First, frame => frame.Second);
        using var anonymiser = new Anonymiser((picture, _, _) => known[Hash(picture)]);
        return
        [
            .. anonymiser.AnonymiseTwice(pan.Frames, carry: Carry, detectEvery: every).Select(frame => frame.Regions),
        ];
    }

    private static string Hash(Picture frame) => Convert.ToHexString(SHA256.HashData(frame.Pixels));

    // Faces that are hidden, then shown, then hidden again.
    private static int Flashes((int Frame, int Person, int Pixels, double Left)[] faces) =>
        faces.GroupBy(face => face.Person).Sum(face =>
        {
            bool[] shown = [.. face.OrderBy(at => at.Frame).Select(at => at.Left > 0.25)];
            return Enumerable.Range(1, Math.Max(shown.Length - 2, 0))
                .Count(i => shown[i] && !shown[i - 1] && shown.Skip(i).Contains(false));
        });

    private static (int Faces, int FalsePositives) OnFaces(MadeUpPan pan, IReadOnlyList<FaceRegion>[] masked)
    {
        var hidden = pan.Visible(masked).Count(face => face.Left <= 0.25);
        var falsePositives = masked.Select((regions, frame) => regions.Count(region => pan.Faces(frame)
            .All(face => Overlap.IoU(face.Clip(pan.Width, pan.Height), region.Box) < 0.3f))).Sum();
        return (hidden, falsePositives);
    }
}
