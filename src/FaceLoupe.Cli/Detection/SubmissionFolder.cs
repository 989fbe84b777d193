using FaceLoupe.Cli.Evaluation;
using FaceLoupe.Evaluation;

namespace FaceLoupe.Cli.Detection;

/// <summary>
/// A folder in the submission layout of WIDER FACE, which <c>faceloupe evaluate</c> reads. Scores are logits: the
/// benchmark normalises them, and they do not run into 1.
/// </summary>
internal sealed class SubmissionFolder
{
    private readonly string _folder;
    private readonly string[] _keys;

    /// <summary>Chooses a file for each picture.</summary>
    /// <exception cref="FaceLoupeException">Two pictures would share a file.</exception>
    public SubmissionFolder(string folder, InputList inputs)
    {
        _folder = folder;
        _keys = [.. inputs.Names.Select(PredictionFolder.KeyOf)];
        var first = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < _keys.Length; i++)
        {
            if (!first.TryAdd(_keys[i], i))
            {
                throw new FaceLoupeException(
                    $"{inputs.Pictures[first[_keys[i]]]} and {inputs.Pictures[i]} would both go into {_keys[i]}.txt; "
                    + $"give the folder above them.");
            }
        }
    }

    /// <summary>Writes how the boxes come about.</summary>
    public void Write(Regime regime) => regime.WriteTo(_folder);

    /// <summary>Writes what was found in a picture, by its place among the inputs.</summary>
    public void Write(int index, Detections found) => PredictionFolder.Write(
        _folder, _keys[index], found.Faces.Select(face => new ScoredBox(face.Box, face.Logit)));
}
