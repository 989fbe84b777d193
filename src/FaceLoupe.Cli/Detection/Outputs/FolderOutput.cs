using FaceLoupe.Cli.Detection.Formats;
using FaceLoupe.Datasets;
using FaceLoupe.Evaluation;
using FaceLoupe.Imaging;

namespace FaceLoupe.Cli.Detection.Outputs;

/// <summary>
/// A folder with a file for each picture, in the subfolder and under the name of its picture: the layouts of WIDER FACE
/// submissions, YOLO and Pascal VOC. A picture is finished once its file is there.
/// </summary>
internal sealed class FolderOutput : IDetectionOutput
{
    private readonly string _folder;
    private readonly string _format;
    private readonly bool _resume;
    private readonly string[] _keys;

    /// <summary>Chooses a file for each picture.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="format">wider, yolo or voc.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="resume">Whether files that are there count.</param>
    /// <exception cref="FaceLoupeException">Two pictures would share a file, or the folder cannot be made.</exception>
    public FolderOutput(InputList inputs, string format, string folder, bool resume)
    {
        (_folder, _format, _resume) = (folder, format, resume);
        _keys = [.. inputs.Names.Select(PredictionFolder.KeyOf)];
        var first = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < _keys.Length; i++)
        {
            if (!first.TryAdd(_keys[i], i))
            {
                throw new FaceLoupeException(
                    $"{inputs.Pictures[first[_keys[i]]]} and {inputs.Pictures[i]} would both go into "
                    + $"{_keys[i]}{Extension}: --format {format} names files after pictures without their extension; "
                    + $"rename one, or choose --format jsonl.");
            }
        }

        OutputFile.MakeFolder("--out", folder);
    }

    private string Extension => _format == "voc" ? ".xml" : ".txt";

    public bool IsFinished(int index) => _resume && File.Exists(Path.Combine(_folder, _keys[index] + Extension));

    public void Write(int index, PictureFaces picture)
    {
        var size = new PictureSize(picture.Width, picture.Height);
        switch (_format)
        {
            case "wider":
                // The benchmark normalises scores, and logits do not run into 1.
                PredictionFolder.Write(_folder, _keys[index], picture.ByLogit);
                break;
            case "voc":
                VocPredictionFolder.Write(_folder, picture.Name, size, picture.ByScore);
                break;
            default:
                AtomicFile.WriteAllText(Path.Combine(_folder, _keys[index] + Extension), string.Concat(
                    picture.ByScore.Select(face => YoloText.Row(face.Box, size, face.Score) + "\n")));
                break;
        }
    }

    public void Write(InputFault fault)
    {
    }

    public void Finish()
    {
    }

    public void Dispose()
    {
    }
}
