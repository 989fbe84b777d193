using FaceLoupe.Models;

namespace FaceLoupe.Training.Detectors;

/// <summary>Recognises the family of a detector by the inputs and outputs of its file.</summary>
internal static class DetectorFormats
{
    private const string Known = "SCRFD with landmarks, YOLOv5-face, YuNet, DBFace, EXTD, EResFD";
    private const int ScrfdOutputs = 9;

    /// <exception cref="FaceLoupeException">The family is not known.</exception>
    public static DetectorFormat Recognise(OnnxModel model)
    {
        var outputs = model.Outputs;
        var input = model.Inputs.Count == 1 ? model.Inputs.First() : default;
        if (input.Value is [_, 3, var height, var width])
        {
            if (height > 0 && height == width)
            {
                if (outputs.ContainsKey("stride_8") && outputs.ContainsKey("stride_32"))
                {
                    return new YoloFaceFormat(input.Key, height);
                }

                if (outputs.Count == ScrfdOutputs && outputs.TryGetValue("out3", out var edges) && edges is [_, _, 4])
                {
                    return new ScrfdFormat(input.Key, height, [.. Enumerable.Range(0, 6).Select(i => $"out{i}")]);
                }
            }
            else if (outputs.ContainsKey("cls_8") && outputs.ContainsKey("obj_8"))
            {
                return new YuNetFormat(input.Key);
            }
            else if (outputs.ContainsKey("score") && outputs.ContainsKey("box"))
            {
                return new DbFaceFormat(input.Key);
            }
            else if (outputs.ContainsKey("conf") && outputs.ContainsKey("loc"))
            {
                // Only the file name tells the two families apart.
                return Path.GetFileName(model.Name).StartsWith("eresfd", StringComparison.OrdinalIgnoreCase)
                    ? new PriorBoxFormat("eresfd", 0.75f, input.Key, heightRatio: 1.25f)
                    : new PriorBoxFormat("extd", 0.7f, input.Key, heightRatio: 1);
            }
        }

        throw new FaceLoupeException(
            $"{model.Name}: not a face detector that can be read (outputs {string.Join(", ", outputs.Keys)}); expected "
                + $"one of: {Known}.");
    }
}
