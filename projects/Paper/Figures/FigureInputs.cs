using FaceLoupe.Evaluation.Wider;
using FaceLoupe.Training.Ablations;

namespace FaceLoupe.Training.Paper.Figures;

/// <summary>The data of figures, besides a model.</summary>
internal static class FigureInputs
{
    /// <summary>Reads the data once, to find faults before anything is computed.</summary>
    /// <param name="wider">Folder of WIDER FACE.</param>
    /// <param name="curves">Folder of published curves of WIDER FACE; null: none.</param>
    /// <param name="fddb">Folder of FDDB; null: none.</param>
    /// <param name="fddbCurves">Folder of published curves of FDDB; null: none.</param>
    /// <param name="maxPictures">Maximum number of images per set; 0: all.</param>
    /// <exception cref="FaceLoupeException">A folder is not there, or holds something else.</exception>
    public static void Check(string wider, string? curves, string? fddb, string? fddbCurves, int maxPictures)
    {
        if (WiderValidation.FindTruth(wider) is not null)
        {
            WiderValidation.Open(wider, maxPictures);
        }

        if (curves is not null)
        {
            PublishedCurve.ReadFolder(curves);
        }

        if (fddb is not null)
        {
            FddbCurves.Open(fddb);
        }

        if (fddbCurves is not null)
        {
            FddbCurves.Published(fddb is not null ? fddbCurves : throw new FaceLoupeException(
                $"--fddb-curves {fddbCurves}: there is no curve of ours to draw them beside; give --fddb too."));
        }
    }
}
