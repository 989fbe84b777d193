using System.CommandLine;
using FaceLoupe.Cli.Flags;
using FaceLoupe.Cli.Inputs;
using FaceLoupe.Cli.Terminal;

namespace FaceLoupe.Cli.Detection;

/// <summary><c>faceloupe detect</c>: finds the faces of images and videos.</summary>
internal static class DetectCommand
{
    /// <summary>Makes the verb.</summary>
    /// <param name="standardInput">Opens standard input, for images and lists that come from there.</param>
    public static Command Create(Func<Stream> standardInput)
    {
        var flags = new DetectFlags();
        var detector = new DetectorFlags();
        var command = new Command("detect", "Finds faces in images and videos; prints JSON to standard output.");
        flags.AddTo(command);
        detector.AddTo(command);
        flags.Inputs.Validators.Add(result => CommandChecks.RefuseUnknownOptions(result, InputList.StandardInput));
        command.AddCheck(flags.Check);
        command.SetAction((parsed, stop) =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            var request = flags.Request(parsed, detector);
            var display = DetectDisplays.For(error, parsed.GetValue(flags.Quiet), request);
            return Task.FromResult(request.Run(display, output, standardInput, stop));
        });
        return command.WithExamples(
            ("faceloupe detect photo.jpg --annotate marked.png", "mark the faces of one image"),
            ("faceloupe detect photos --recursive --format csv --out faces.csv", "a table for a whole folder"),
            ("faceloupe detect 'photos/**/*.jpg' --format jsonl --out faces.jsonl --resume",
                "continue a run that was stopped"),
            ("faceloupe detect photos --format yolo --out labels --crops faces --crop-scale 1.5", "labels and crops"),
            ("faceloupe detect clip.mp4 --every 5 --format csv --out faces.csv",
                "every fifth frame of a video, with the system's ffmpeg"),
            ("faceloupe detect clip.mp4 --annotate marked.mp4 --json faces.json", "a video with the faces marked"),
            ("faceloupe detect --list pictures.txt --json faces.json --quiet", "images named in a file"),
            ("faceloupe detect --list pictures.txt --shard auto --out run --resume",
                "one task of an array job; 'faceloupe merge' joins the results"),
            ("faceloupe detect 'train/{00000..00009}.tar' --out train --resume", "the tar files of a data set"),
            ("faceloupe detect - --min-score 0.3", "an image from standard input"));
    }
}
