using FaceLoupe.Datasets;
using FaceLoupe.Geometry;
using FaceLoupe.Training.Drawing;
using FaceLoupe.Training.Tests.Runs;

namespace FaceLoupe.Training.Tests.Drawing;

public sealed class DrawCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly CapturedConsole console = new();

    public void Dispose()
    {
        console.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void pictures_and_coco_files_are_drawn_the_same_for_the_same_seed()
    {
        Draw("a", "--seed", "5").ShouldBe(0, console.Error);
        Draw("b", "--seed", "5").ShouldBe(0, console.Error);
        Draw("c", "--seed", "6").ShouldBe(0, console.Error);

        foreach (var file in new[] { "train.json", "val.json", "train/0002.png", "val/0001.png" })
        {
            File.ReadAllBytes(folder.Of("a", file)).ShouldBe(File.ReadAllBytes(folder.Of("b", file)));
            File.ReadAllBytes(folder.Of("c", file)).ShouldNotBe(File.ReadAllBytes(folder.Of("a", file)));
        }

        var beetles = Read("a", "beetle");
        var both = Read("a", "beetle", "leaf");
        beetles.Report.Pictures.ShouldBe(3);
        beetles.Report.Faces.ShouldBeInRange(1, both.Report.Faces - 1);
        both.Pictures.SelectMany(picture => picture.Faces).ShouldAllBe(
            thing => thing.Box.Clip(512, 512) == thing.Box && thing.Box.LongerSide > 20 && thing.Box.LongerSide < 130);
    }

    [Fact]
    public void boxes_fit_their_beetles_and_objects_do_not_overlap()
    {
        for (var i = 0; i < 5; i++)
        {
            var scene = DrawnScene.Draw(128, 24, seed: 3, i);
            foreach (var thing in scene.Objects)
            {
                scene.Objects.Count(other => Overlap.Intersection(thing.Box, other.Box) > 0).ShouldBe(1);
            }

            // A beetle's shell is darker than any ground.
            foreach (var beetle in scene.Objects.Where(thing => thing.Kind == DrawnKind.Beetle))
            {
                var (inside, around) = (Light(scene, beetle.Box.Enlarge(0.5f)), Light(scene, beetle.Box.Enlarge(1.6f)));
                inside.ShouldBeLessThan(around);
            }
        }
    }

    [Fact]
    public void a_folder_that_is_not_empty_and_invalid_numbers_are_refused()
    {
        Directory.CreateDirectory(folder.Of("used"));
        folder.File("used/notes.txt", "mine");

        TrainCommandLine.Run(["draw", folder.Of("used")]).ShouldBe(2);
        console.Error.ShouldContain("used: is not empty; give the name of a new folder.");
        TrainCommandLine.Run(["draw", folder.Of("new"), "--pictures", "0"]).ShouldBe(2);
        console.Error.ShouldContain("--pictures is '0', not a whole number from 1 to 10000.");
        Directory.Exists(folder.Of("new")).ShouldBeFalse();
    }

    private int Draw(string name, params string[] args) =>
        TrainCommandLine.Run(["draw", folder.Of(name), "--pictures", "3", "--validation", "2", .. args]);

    private AnnotatedFolder Read(string name, params string[] categories) =>
        AnnotationFile.Read(folder.Of(name, "train.json"), folder.Of(name, "train"), categories);

    private static double Light(DrawnScene scene, Box box)
    {
        var part = box.Clip(128, 128);
        double sum = 0, count = 0;
        for (var y = (int)part.Y; y < part.Bottom; y++)
        {
            for (var x = (int)part.X; x < part.Right; x++)
            {
                sum += scene.Picture.Pixels[scene.Picture.OffsetOf(x, y) + 1];
                count++;
            }
        }

        return sum / count;
    }
}
