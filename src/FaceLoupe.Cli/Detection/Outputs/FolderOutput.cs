using System.Text.RegularExpressions;
using FaceLoupe.Cli.Inputs;
using FaceLoupe.Datasets;
using FaceLoupe.Imaging;
using FaceLoupe.Predictions;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Detection.Outputs;

/// <summary>
/// A folder with a file for each image or frame, in the subfolder and under the name of its image or video: the
/// layouts of WIDER FACE submissions, FDDB, YOLO and Pascal VOC. An image is finished once its file exists.
/// </summary>
internal sealed partial class FolderOutput : IDetectionOutput
{
    private readonly string _folder;
    private readonly string _format;
    private readonly bool _resume;
    private readonly InputList _inputs;
    private readonly InputStems _stems;
    private readonly bool _yoloScores;

    /// <summary>Chooses a file for each image.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="stems">Their names.</param>
    /// <param name="format">wider, fddb, yolo or voc.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="resume">Whether existing files count as finished.</param>
    /// <param name="yoloScores">Whether YOLO's rows end with the score.</param>
    /// <exception cref="FaceLoupeException">Two images would share a file, or the folder cannot be made.</exception>
    public FolderOutput(
        InputList inputs, InputStems stems, string format, string folder, bool resume, bool yoloScores = true)
    {
        (_inputs, _stems, _yoloScores) = (inputs, stems, yoloScores);
        (_folder, _format, _resume) = (folder, format, resume);
        if (stems.Clash is { } clash)
        {
            // If one of them is a video, the image has the name of one of its frames.
            var shared = inputs.IsVideo(clash.One) && !inputs.IsVideo(clash.Other) ? clash.Other : clash.One;
            var name = ResultNames.Plain(inputs.Names[shared]);
            var file = (inputs.IsVideo(shared) ? ResultNames.OfFrame(name, 0) : name) + Extension;
            throw new FaceLoupeException(
                $"{inputs.Paths[clash.One]} and {inputs.Paths[clash.Other]} would both be written to {file}: --format "
                + $"{format} names files after images and videos without their extension; rename one, or choose "
                + $"--format jsonl.");
        }

        OutputFile.MakeFolder("--out", folder);
    }

    private string Extension => _format == "voc" ? ".xml" : ".txt";

    public bool IsFinished(PicturePlace place) =>
        _resume && File.Exists(Path.Combine(_folder, KeyOf(place) + Extension));

    public void Write(PicturePlace place, PictureFaces picture)
    {
        var key = KeyOf(place);
        var size = new PictureSize(picture.Width, picture.Height);
        switch (_format)
        {
            case "wider":
                // The benchmark normalises scores; many would round to 1, logits do not.
                PredictionFolder.Write(_folder, key, picture.ByLogit);
                break;
            case "fddb":
                AtomicFile.WriteAllText(OutputPath.In(_folder, key + Extension),
                    PredictionText.Of(key, picture.ByLogit));
                break;
            case "voc":
                VocPredictionFolder.Write(_folder, picture.Name, size, picture.ByScore);
                break;
            default:
                AtomicFile.WriteAllText(OutputPath.In(_folder, key + Extension), string.Concat(
                    picture.ByScore.Select(face => YoloText.Row(face.Box, size, _yoloScores ? face.Score : null)
                        + "\n")));
                break;
        }
    }

    // FDDB's folds name images by year, month and day, whichever of the folders was given.
    private string KeyOf(PicturePlace place) =>
        _format == "fddb" && FddbName().Match(_inputs.Paths[place.Input].Replace('\\', '/')) is { Success: true } name
            ? ResultNames.Plain(name.Value) : _stems.Of(place);

    [GeneratedRegex("[0-9]{4}/[0-9]{2}/[0-9]{2}/big/img_[0-9]+\\.[^/.]+$")]
    private static partial Regex FddbName();
}
