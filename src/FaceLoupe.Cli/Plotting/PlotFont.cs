using ScottPlot;
using SkiaSharp;

namespace FaceLoupe.Cli.Plotting;

/// <summary>
/// The font of all plots, which is bundled, so that machines without fonts draw the same.
/// </summary>
internal sealed class PlotFont : IFontResolver
{
    /// <summary>The name of the family, also in SVG files.</summary>
    public const string Family = "DejaVu Sans";

    private PlotFont()
    {
    }

    /// <summary>Makes the family known to the plotting package.</summary>
    static PlotFont()
    {
        Fonts.FontResolvers.Insert(0, new PlotFont());
        Fonts.Default = Fonts.Sans = Fonts.Serif = Fonts.Monospace = Family;
    }

    /// <summary>An empty plot that uses the font.</summary>
    public static Plot NewPlot()
    {
        var plot = new Plot();
        plot.Font.Set(Family);
        return plot;
    }

    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        fontName == Family ? Lettering.Typeface : null;

    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) =>
        fontName == Family ? Lettering.Typeface : null;
}
