using System.Text.Json;
using FaceLoupe.Datasets;
using FaceLoupe.Geometry;
using FaceLoupe.Tests;
using FaceLoupe.Training.Tests.Stages;

namespace FaceLoupe.Training.Tests.Commands;

/// <summary>Landmarks from annotations to found faces, at 4 channels.</summary>
[Collection(TorchAlone.Name)]
public sealed class LandmarkTrainingTests : IDisposable
{
    private readonly TrainingWorkspace work = new();

    public void Dispose() => work.Dispose();

    [Fact]
    public void a_head_learns_where_eyes_nose_and_mouth_of_painted_faces_are()
    {
        var (run, model, source) = (work.Folder.Of("run"), work.Folder.Of("models", "points"), Source());
        Run(
            "proposals", "--config", RepositoryRoot.Combine("configs", "smoke.json"), "--run", run,
            "--set", $"data={source}", "--set", $"validationData={source}",
            "--set", "discriminatorNetwork.landmarkCells=2", "--set", "losses.landmarks=0.1",
            "--set", "mine.canvases=20",
            "--set", "gan.steps=80", "--set", "gan.sheetEvery=79", "--set", "gan.checkpointEvery=100",
            "--set", "gan.averageDecay=0.5",
            "--set", "gan.learningRate.rate=0.01", "--set", "gan.batchSize=8", "--set", "gan.validationRegions=32");
        Run("mine", "--run", run);
        Run("generator", "--run", run);
        Run("gan", "--run", run);
        Run("export", run, "--out", model);

        var losses = TinyTraining.Metrics(Path.Combine(run, "gan"), "d.landmarks");
        losses[^10..].Average().ShouldBeLessThan(0.6 * losses[..3].Average());
        Run("measure", run);
        work.Console.Output.ShouldContain("landmarks on generated RoIs: 0.");
        using var detector = FaceLoupeDetector.Load(model, new DetectorOptions { Landmarks = true });
        detector.Model.Discriminator.Landmarks.ShouldBe("landmarks");
        var faces = detector.Detect(work.Faces.FirstPicture, TestContext.Current.CancellationToken).Faces;
        faces.Count.ShouldBeGreaterThan(0);

        // In every box the eyes are above the mouth and left of each other by now.
        faces.ShouldAllBe(face => face.Landmarks!.LeftEye.Y < face.Landmarks.LeftMouth.Y
            && face.Landmarks.LeftEye.X < face.Landmarks.RightEye.X);
    }

    [Fact]
    public void missing_landmarks_are_reported_before_mining()
    {
        var run = work.Folder.Of("run");
        Run(
            "proposals", "--config", RepositoryRoot.Combine("configs", "smoke.json"), "--run", run,
            "--set", $"data={work.Faces.SourceList}", "--set", $"validationData={work.Faces.SourceList}",
            "--set", "proposals.steps=1",
            "--set", "discriminatorNetwork.landmarkCells=2");

        TrainCommandLine.Run(["mine", "--run", run]).ShouldBe(2);
        work.Console.Error.ShouldContain("no face has landmarks, which discriminatorNetwork.landmarkCells asks for");
        TrainCommandLine.Run(
        [
            "proposals", "--config", RepositoryRoot.Combine("configs", "smoke.json"), "--run", work.Folder.Of("other"),
            "--set", "discriminatorNetwork.landmarkCells=3",
        ]).ShouldBe(2);
        work.Console.Error.ShouldContain(
            "landmarkCells 3 must divide the side of the trunk's last map, which is 4 here");
    }

    // Eyes and mouth where PaintedFaces paints them.
    private string Source()
    {
        var file = work.Folder.Of("points.json");
        var folder = WiderFaceDataset.Open(work.Faces.Folder);
        AnnotationFile.Write(file, folder.Pictures.Select(picture => picture with
        {
            Faces =
            [
                .. picture.Faces.Select(face => face with
                {
                    Landmarks = new FaceLandmarks(
                        new(-0.2f, -0.15f), new(0.2f, -0.15f), new(0, 0.05f), new(-0.225f, 0.25f), new(0.225f, 0.25f))
                        .Within(face.Box),
                }),
            ],
        }));
        return JsonSerializer.Serialize(new[] { new { folder = work.Faces.Folder, annotations = file } });
    }

    private void Run(params string[] args) => TrainCommandLine.Run(args).ShouldBe(0, work.Console.Error);
}
