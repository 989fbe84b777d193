using System.CommandLine;
using FaceLoupe.Imaging;
using FaceLoupe.Programs;

namespace FaceLoupe.Training.Drawing;

/// <summary><c>faceloupe-train draw</c>: makes a small data set of drawn objects.</summary>
internal sealed class DrawCommand
{
    // Training images show the objects large, validation images small.
    private const int TrainingSide = 512;
    private const int ValidationSide = 320;
    private const double TrainingObject = 64;
    private const double ValidationObject = 16;
    private const ulong ValidationSeed = 1_000_003;
    private const int Most = 10_000;

    private readonly Argument<string> folder = new("DIR")
    {
        Description = "Folder to create, with images in train/ and val/ and their boxes in train.json and val.json.",
    };

    private readonly Option<int> pictures = Count("--pictures", "Images to train on.", 200, least: 1);
    private readonly Option<int> validation = Count("--validation", "Images to evaluate on.", 60, least: 1);
    private readonly Option<int> seed = Count("--seed", "Random seed.", 1, least: 0);

    public static Command Create()
    {
        var verb = new DrawCommand();
        var command = new Command(
            "draw", "Draw beetles, leaves and pebbles with COCO annotations, to try training on small objects.")
        {
            verb.folder, verb.pictures, verb.validation, verb.seed,
        };
        command.SetAction(verb.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        var root = parsed.GetRequiredValue(folder);
        if (File.Exists(root) || (Directory.Exists(root) && Directory.EnumerateFileSystemEntries(root).Any()))
        {
            throw new FaceLoupeException($"{root}: is not empty; give the name of a new folder.");
        }

        var first = (ulong)parsed.GetValue(seed);
        Draw(root, "train", parsed.GetValue(pictures), TrainingSide, TrainingObject, first);
        Draw(root, "val", parsed.GetValue(validation), ValidationSide, ValidationObject, first + ValidationSeed);
        return 0;
    }

    private static void Draw(string root, string name, int count, int side, double objectSide, ulong seed)
    {
        var drawn = new List<(string Name, int Side, DrawnScene Scene)>();
        for (var i = 0; i < count; i++)
        {
            var scene = DrawnScene.Draw(side, objectSide, seed, i);
            var file = FormattableString.Invariant($"{i:0000}.png");
            PictureFile.Write(scene.Picture, Path.Combine(root, name, file));
            drawn.Add((file, side, scene));
        }

        DrawnAnnotations.Write(Path.Combine(root, $"{name}.json"), drawn);
        var kinds = drawn.SelectMany(picture => picture.Scene.Objects).ToLookup(thing => thing.Kind);
        var (beetles, leaves) = (kinds[DrawnKind.Beetle].Count(), kinds[DrawnKind.Leaf].Count());
        Console.WriteLine(FormattableString.Invariant($"{name}: {count} images, {beetles} beetles, {leaves} leaves"));
    }

    private static Option<int> Count(string name, string description, int otherwise, int least) =>
        Numbers.Whole(name, description, "N", least, Most, otherwise);
}
