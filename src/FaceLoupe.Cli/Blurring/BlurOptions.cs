using FaceLoupe.Anonymising;

namespace FaceLoupe.Cli.Blurring;

/// <summary>What a call of <c>faceloupe blur</c> asks for.</summary>
/// <param name="Inputs">Pictures, videos and folders, as given.</param>
/// <param name="Out">File or folder of the masked copies.</param>
/// <param name="Model">The model.</param>
/// <param name="Mask">How faces are hidden.</param>
/// <param name="TargetRecall">Share of faces to be found, from 0 to 1; null: not asked for.</param>
/// <param name="MinScore">Lowest score of a masked box, from 0 to 1; null: not asked for.</param>
/// <param name="Carry">How many frames a box of a video is carried.</param>
/// <param name="Recursive">Whether subfolders are meant too.</param>
/// <param name="Overwrite">Whether existing files, originals among them, may be replaced.</param>
/// <param name="Audit">File of the audit log; null: none.</param>
/// <param name="Ffmpeg">ffmpeg or its folder; null: PATH.</param>
internal sealed record BlurOptions(
    IReadOnlyList<string> Inputs,
    string Out,
    ModelChoice Model,
    MaskOptions Mask,
    float? TargetRecall,
    float? MinScore,
    int Carry,
    bool Recursive,
    bool Overwrite,
    string? Audit,
    string? Ffmpeg);
