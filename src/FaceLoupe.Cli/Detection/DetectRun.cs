using System.Diagnostics;
using FaceLoupe.Cli.Annotation;
using FaceLoupe.Cli.Evaluation;
using FaceLoupe.Imaging;
using FaceLoupe.Models;

namespace FaceLoupe.Cli.Detection;

/// <summary>One call of <c>faceloupe detect</c>.</summary>
/// <param name="Inputs">Pictures and folders, as given.</param>
/// <param name="Model">Folder of the model; null: the default.</param>
/// <param name="Annotate">File or folder for marked pictures; null: none.</param>
/// <param name="Json">File for the JSON; null: standard output.</param>
/// <param name="Submission">
/// Folder for text files in the submission layout of WIDER FACE, instead of JSON; null: none.
/// </param>
/// <param name="Options">Options of the detector.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record DetectRun(
    IReadOnlyList<string> Inputs,
    string? Model,
    string? Annotate,
    string? Json,
    string? Submission,
    DetectorOptions Options,
    TextWriter Output,
    TextWriter Error)
{
    /// <summary>Processes every input that can be processed.</summary>
    /// <returns>The exit code.</returns>
    public int Run()
    {
        var inputs = InputList.Of(Inputs, subfolders: Submission is not null);
        var submission = Submission is null ? null : new SubmissionFolder(Submission, inputs);
        var annotations = Annotate is null ? null : AnnotationTargets.Of(Annotate, inputs);
        if (inputs.Pictures.Count == 0)
        {
            Report(inputs.Faults);
            return ExitCode.NothingDone;
        }

        using var bundle = ModelBundle.Open(Model, Options.Threads);
        using var detector = new FaceLoupeDetector(bundle, Options);
        submission?.Write(Regime.OfModel(
            bundle, Options.Detection ?? bundle.Manifest.Detection, Options.Stages == DetectionStages.Both ? "both" : "1 alone"));
        Report(inputs.Faults);
        var faults = inputs.Faults.ToList();
        var results = new List<(string Image, Detections Found)>();
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < inputs.Pictures.Count; i++)
        {
            var path = inputs.Pictures[i];
            try
            {
                results.Add((path, Detect(detector, path, annotations?[i])));
                submission?.Write(i, results[^1].Found);
            }
            catch (FaceLoupeException fault)
            {
                faults.Add(new InputFault(path, fault.Message));
                Report([faults[^1]]);
            }
        }

        if (results.Count == 0)
        {
            return ExitCode.NothingDone;
        }

        if (submission is null)
        {
            Write(new DetectionReport(detector.Model, detector.MinScore, results, faults).ToJson());
        }

        Summarise(results, faults.Count, clock.Elapsed);
        return faults.Count == 0 ? ExitCode.Fine : ExitCode.SomeFailed;
    }

    private Detections Detect(FaceLoupeDetector detector, string path, string? annotation)
    {
        var clock = Stopwatch.StartNew();
        var picture = PictureFile.Read(path);
        var found = detector.Detect(picture, path);
        if (annotation is not null)
        {
            PictureFile.Write(FaceMarker.Mark(picture, found.Faces), annotation);
        }

        var faces = Count(found.Faces.Count);
        Error.WriteLine(FormattableString.Invariant(
            $"{path}: {faces} in {found.Width}x{found.Height} px, {clock.Elapsed.TotalSeconds:0.00} s"));
        return found;
    }

    private void Write(string json)
    {
        if (Json is null)
        {
            Output.WriteLine(json);
        }
        else
        {
            AtomicFile.WriteAllText(Json, json + "\n");
        }
    }

    private void Summarise(List<(string Image, Detections Found)> results, int faults, TimeSpan elapsed)
    {
        if (results.Count + faults > 1)
        {
            var faces = Count(results.Sum(result => result.Found.Faces.Count));
            Error.WriteLine(FormattableString.Invariant(
                $"{faces} in {results.Count} pictures, {elapsed.TotalSeconds:0.0} s; {faults} inputs failed"));
        }
    }

    private void Report(IEnumerable<InputFault> faults)
    {
        foreach (var fault in faults)
        {
            Error.WriteLine($"faceloupe: {fault.Message.ReplaceLineEndings(" ")}");
        }
    }

    private static string Count(int faces) => FormattableString.Invariant($"{faces} {(faces == 1 ? "face" : "faces")}");
}
