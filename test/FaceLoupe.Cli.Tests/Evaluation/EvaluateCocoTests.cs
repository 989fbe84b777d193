using System.Text.Json;
using FaceLoupe.Datasets;
using FaceLoupe.Tests;

namespace FaceLoupe.Cli.Tests.Evaluation;

public sealed class EvaluateCocoTests : IDisposable
{
    private readonly AnnotatedScenes _scenes = new();

    public void Dispose() => _scenes.Dispose();

    [Fact]
    public void categories_of_a_coco_file_are_what_counts()
    {
        // The first image's square is a beetle, the second's a leaf.
        var file = Write(
            """[{"id": 1, "name": "beetle"}, {"id": 2, "name": "leaf"}]""",
            (1, 1, AnnotatedScenes.First), (2, 2, AnnotatedScenes.Second));

        Figures(Evaluate(file), "all", "faces").ShouldBe(2);
        Figures(Evaluate(file, "--categories", "leaf"), "all", "faces").ShouldBe(1);
        Figures(Evaluate(file, "--categories", "leaf"), "larger", "faces").ShouldBe(0);
        Figures(Evaluate(file, "--categories", "beetle", "leaf"), "all", "recallAtThreshold").ShouldBe(1);
        CliCall.Run(Arguments(file, "--categories", "leaf")).Error.ShouldContain(
            "1 box skipped, of another category:");
        CliCall.Run(Arguments(file, "--categories", "wasp")).ShouldBeRefused(
            "has no category 'wasp'; expected one of its own: beetle, leaf.");
        CliCall.Run(Arguments(_scenes.Annotations, "--categories", "leaf")).ShouldBeRefused(
            "categories (leaf) were given, but only COCO's files");
    }

    [Fact]
    public void landmarks_are_scored_where_annotations_and_model_have_them()
    {
        var shares = TinyModel.LandmarkShares;
        var folder = WiderFaceDataset.Read(_scenes.Annotations, _scenes.Images);
        var file = _scenes.PathOf("points.json");
        AnnotationFile.Write(file, folder.Pictures.Select(picture => picture with
        {
            // Shifted by a tenth of the box to the right of the model's points.
            Faces = [.. picture.Faces.Select(face => face with
            {
                Landmarks = shares.Within(face.Box).Translate(0.1f * face.Box.Width, 0),
            })],
        }));

        var subject = Evaluate(file, "--model", TinyModel.LandmarksFolder);

        var landmarks = subject.GetProperty("landmarks").GetProperty("all");
        landmarks.GetProperty("faces").GetInt32().ShouldBe(3);
        landmarks.GetProperty("found").GetInt32().ShouldBe(2);
        landmarks.GetProperty("normalisedMeanError").GetDouble().ShouldBe(0.1, 1e-3);
        Evaluate(file).TryGetProperty("landmarks", out _).ShouldBeFalse();
        CliCall.Run(Arguments(file, "--model", TinyModel.LandmarksFolder)).Output
            .ShouldContain("normalised mean error");
    }

    private string Write(string categories, params (int Image, int Category, Geometry.Box Box)[] boxes)
    {
        var annotations = boxes.Select(box => FormattableString.Invariant(
            $$"""
            {"image_id": {{box.Image}}, "category_id": {{box.Category}},
             "bbox": [{{box.Box.X}}, {{box.Box.Y}}, {{box.Box.Width}}, {{box.Box.Height}}]}
            """));
        var path = _scenes.PathOf("things.json");
        File.WriteAllText(path, $$"""
            {"images": [{"id": 1, "file_name": "0--A/a.png"}, {"id": 2, "file_name": "0--A/b.png"}],
             "categories": {{categories}}, "annotations": [{{string.Join(", ", annotations)}}]}
            """);
        return path;
    }

    private JsonElement Evaluate(string file, params string[] args)
    {
        var json = _scenes.PathOf("result.json");
        string[] model = args.Contains("--model") ? [] : ["--model", TinyModel.Folder];
        var call = CliCall.Run([.. Arguments(file, args), .. model, "--json", json]);
        call.ExitCode.ShouldBe(0, call.Error);
        return JsonElement.Parse(File.ReadAllText(json)).GetProperty("subjects")[0];
    }

    private string[] Arguments(string file, params string[] args) =>
        ["evaluate", "boxes", "--annotations", file, "--images", _scenes.Images, .. args];

    private static double Figures(JsonElement subject, string band, string figure) =>
        subject.GetProperty("bands").GetProperty(band).GetProperty(figure).GetDouble();
}
