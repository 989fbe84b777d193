using FaceLoupe.Datasets;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Models;

namespace FaceLoupe.Tests;

/// <summary>The models in models/ on the sample image: the promise of the README, held at every change.</summary>
public sealed class ShippedModelTests : IDisposable
{
    private readonly FaceLoupeDetector detector = FaceLoupeDetector.Load(
        RepositoryRoot.Combine("models", ModelBundle.DefaultName));
    private readonly Picture picture = PictureFile.Read(RepositoryRoot.Combine("samples", "solvay-1927.jpg"));
    private readonly Box[] people;

    public ShippedModelTests() => people = [.. WiderFaceDataset
        .Read(RepositoryRoot.Combine("samples", "solvay-1927.bbx.txt"), RepositoryRoot.Combine("samples"))
        .Pictures.Single().Faces.Select(face => face.Box)];

    [Fact]
    public void The_sample_has_29_people() => people.Length.ShouldBe(29);

    [Fact]
    public void Finds_29_of_29_people_without_a_false_alarm() =>
        Count(detector.Detect(picture).Faces, people).ShouldBe((29, 0));

    public static TheoryData<string> Others() => [.. Directory.GetDirectories(RepositoryRoot.Combine("models"))
        .Select(folder => Path.GetFileName(folder)).Where(name => name != ModelBundle.DefaultName).Order(
            StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Others))]
    public void Every_other_model_finds_29_of_29_people_without_a_false_alarm(string name)
    {
        using var other = FaceLoupeDetector.Load(RepositoryRoot.Combine("models", name));

        other.Model.Name.ShouldBe(name);
        File.Exists(RepositoryRoot.Combine("models", name, "MODEL_CARD.md")).ShouldBeTrue();
        Count(other.Detect(picture).Faces, people).ShouldBe((29, 0));
    }

    [Fact]
    public void Finds_20_of_29_people_in_the_picture_shrunk_to_320_px()
    {
        const int width = 320;
        var factor = (float)width / picture.Width;
        var small = Resampler.Resize(picture, width, (int)MathF.Round(picture.Height * factor));
        var (found, _) = Count(detector.Detect(small).Faces, [.. people.Select(box => box.Scale(factor))]);
        found.ShouldBeGreaterThanOrEqualTo(20);
    }

    public void Dispose() => detector.Dispose();

    /// <summary>Each person once, by the best-scored face that overlaps by an IoU of at least 0.5.</summary>
    private static (int Found, int FalseAlarms) Count(IReadOnlyList<Face> faces, Box[] people)
    {
        var found = new HashSet<int>();
        foreach (var face in faces)
        {
            var nearest = Enumerable.Range(0, people.Length).MaxBy(i => Overlap.IoU(face.Box, people[i]));
            if (Overlap.IoU(face.Box, people[nearest]) >= 0.5f)
            {
                found.Add(nearest);
            }
        }

        var falseAlarms = faces.Count - found.Count;
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{found.Count} of {people.Length} found, {falseAlarms} false alarms");
        return (found.Count, falseAlarms);
    }
}
