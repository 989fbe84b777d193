using FaceLoupe.Cli.Detection;
using FaceLoupe.Cli.Detection.Formats;
using FaceLoupe.Cli.Detection.Outputs;
using FaceLoupe.Geometry;
using FaceLoupe.Predictions;
using FaceLoupe.Tests;

namespace FaceLoupe.Cli.Tests.Detection;

/// <summary>Results of an earlier run stay bit-identical.</summary>
public sealed class WrittenScoreTests : IDisposable
{
    private readonly DetectScenes _scenes = new();

    public void Dispose() => _scenes.Dispose();

    [Theory]
    [InlineData("json")]
    [InlineData("csv")]
    [InlineData("coco")]
    [InlineData("jsonl")]
    public void a_document_that_is_read_and_written_again_keeps_every_digit(string format)
    {
        // Scores close to half of their last digit: the rounded logit gives another score.
        var random = new Random(10);
        var faces = Enumerable.Range(0, 2_000).Select(i => new FoundFace(
            new Box(4_000 * random.NextSingle(), 3_000 * random.NextSingle(), 90 * random.NextSingle(),
                60 * random.NextSingle()),
            FoundFace.LogitOf(0.00005 + (i * 0.0005) + (1e-6 * random.NextDouble()))));
        var first = new PictureFaces("a.png", "a.png", 4_000, 3_000, [.. faces]);
        var file = _scenes.PathOf("faces");
        using var bundle = TinyModel.Open();
        var document = format switch
        {
            "json" => DocumentFormat.Json(bundle.Manifest, bundle.Reason, 0.5f),
            "csv" => DocumentFormat.Csv(landmarks: false),
            "coco" => DocumentFormat.Coco(bundle.Manifest, landmarks: false),
            _ => new DocumentFormat((pictures, _) => JsonLines.Of(pictures[0]) + "\n", JsonLines.Read),
        };
        var written = document.Text([first], []);
        File.WriteAllText(file, written);

        var again = document.Read(file);

        document.Text(again, []).ShouldBe(written);

        // Nor does a second interruption change one.
        File.WriteAllText(file, JsonLines.Exact(again[0]) + "\n");
        document.Text(JsonLines.Read(file), []).ShouldBe(written);
    }

    [Fact]
    public void an_order_close_to_1_survives_reading()
    {
        FoundFace[] faces = [new(new Box(0, 0, 9, 9), 20.5), new(new Box(9, 9, 9, 9), 20.25)];
        var line = JsonLines.Of(new PictureFaces("a.png", "a.png", 40, 40, faces));
        File.WriteAllText(_scenes.PathOf("faces"), line);
        var scores = JsonLines.Read(_scenes.PathOf("faces"))[0].ByScore.Select(face => face.Score).ToArray();
        scores[0].ShouldBeGreaterThan(scores[1]);
    }
}
