using System.Text;
using FaceLoupe.Storage;
using ScottPlot;

namespace FaceLoupe.Cli.Plotting;

/// <summary>Writes plots as SVG or PNG.</summary>
internal static class PlotFile
{
    /// <summary>Width of a plot, in pixels.</summary>
    public const int Width = 640;

    /// <summary>Height of a plot, in pixels.</summary>
    public const int Height = 520;

    /// <summary>Refuses a name with another extension, before long work.</summary>
    /// <exception cref="FaceLoupeException">Another extension.</exception>
    public static void Check(string? path)
    {
        if (path is not null && !IsSvg(path) && !IsPng(path))
        {
            throw new FaceLoupeException($"{path}: plots are written as .svg or .png; choose one of these extensions.");
        }
    }

    /// <summary>Writes a plot in the format of the extension.</summary>
    public static void Write(Plot plot, string path) => AtomicFile.Write(path, stream => stream.Write(
        IsSvg(path) ? Encoding.UTF8.GetBytes(Svg(plot)) : plot.GetImageBytes(Width, Height, ImageFormat.Png)));

    /// <summary>
    /// The name for one of several plots: <c>curves.svg</c> and <c>easy</c> give <c>curves-easy.svg</c>.
    /// </summary>
    public static string NameFor(string path, string which) => Path.Combine(
        Path.GetDirectoryName(path) ?? string.Empty,
        $"{Path.GetFileNameWithoutExtension(path)}-{which}{Path.GetExtension(path)}");

    /// <summary>The SVG text of a plot.</summary>
    public static string Svg(Plot plot) => plot.GetSvgXml(Width, Height);

    private static bool IsSvg(string path) => path.EndsWith(".svg", StringComparison.OrdinalIgnoreCase);

    private static bool IsPng(string path) => path.EndsWith(".png", StringComparison.OrdinalIgnoreCase);
}
