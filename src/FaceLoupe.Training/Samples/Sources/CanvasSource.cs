using FaceLoupe.Datasets;

namespace FaceLoupe.Training.Samples.Sources;

/// <summary>A data set that canvases are made of.</summary>
/// <param name="Folder">
/// The images; a folder without any face serves as background (negatives, some crowd cells).
/// </param>
/// <param name="Weight">
/// How often this folder is picked, relative to others of its kind (with or without faces); above 0.
/// </param>
/// <param name="UnlabelledFacesLikely">
/// True where faces are missing in the annotations. Such a folder never fills crowds when there is a complete one, and
/// its canvases carry <see cref="TrainingCanvas.UnlabelledFacesLikely"/>, so that a trainer can spare its hard
/// negatives.
/// </param>
internal sealed record CanvasSource(AnnotatedFolder Folder, double Weight, bool UnlabelledFacesLikely);
