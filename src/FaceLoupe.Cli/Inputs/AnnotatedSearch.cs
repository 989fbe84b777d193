using FaceLoupe.Cli.Terminal;
using FaceLoupe.Datasets;

namespace FaceLoupe.Cli.Inputs;

/// <summary>Runs a detector over annotated images.</summary>
internal static class AnnotatedSearch
{
    /// <summary>Searches the images one by one.</summary>
    /// <param name="pictures">The images.</param>
    /// <param name="detector">Finds the faces.</param>
    /// <param name="error">Standard error, for progress and faults.</param>
    /// <param name="take">
    /// Takes each image and what was found; null: it cannot be searched. Its faces must count as missed: leaving the
    /// image out would improve the result.
    /// </param>
    /// <param name="stop">Stops between two runs of a network.</param>
    /// <returns>Why images could not be searched.</returns>
    public static List<string> Run(
        IReadOnlyList<AnnotatedPicture> pictures,
        FaceLoupeDetector detector,
        TextWriter error,
        Action<AnnotatedPicture, Detections?> take,
        CancellationToken stop)
    {
        var bars = ProgressBars.On(error, quiet: false);
        var faults = new List<string>();
        bars.During("Finding faces", pictures.Count, () =>
        {
            foreach (var picture in pictures)
            {
                stop.ThrowIfCancellationRequested();
                Detections? found = null;
                if (Attempt.On(picture.Path, () => found = detector.Detect(picture.Path, stop), stop) is { } fault)
                {
                    faults.Add(fault.Message);
                    bars.Note(fault.Message);
                }

                take(picture, found);
                bars.Finish();
            }
        });
        return faults;
    }
}
