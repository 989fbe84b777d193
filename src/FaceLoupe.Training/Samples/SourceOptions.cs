using FaceLoupe.Datasets;
using FaceLoupe.Training.Runs;

namespace FaceLoupe.Training.Samples;

/// <summary>One folder of training pictures.</summary>
internal sealed record SourceOptions : IValidated
{
    /// <summary>
    /// A folder with images/ and bbx_gt.txt, or WIDER FACE as downloaded; relative to the working folder. With
    /// <see cref="Background"/>, any folder of pictures.
    /// </summary>
    public string Folder { get; init; } = "";

    /// <summary>How often the folder is picked, relative to the others. Default 1.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>The folder's pictures show no people and need no annotations.</summary>
    public bool Background { get; init; }

    /// <summary>Some faces have no box: hard negatives from here count less.</summary>
    public bool UnlabelledFacesLikely { get; init; }

    public IEnumerable<string> Faults()
    {
        if (string.IsNullOrWhiteSpace(Folder))
        {
            yield return "folder must name a folder of pictures";
        }

        if (!(Weight > 0 && double.IsFinite(Weight)))
        {
            yield return FormattableString.Invariant($"weight must be above 0, was {Weight}");
        }
    }

    /// <summary>Reads the annotations (not the pictures).</summary>
    /// <exception cref="FaceLoupeException">The folder or its annotations are missing or malformed.</exception>
    public CanvasSource Open() => new(
        Background ? AnnotatedFolder.OpenWithoutFaces(Folder) : WiderFaceDataset.Open(Folder), Weight, UnlabelledFacesLikely);
}
