using System.Globalization;
using System.Xml.Linq;
using FaceLoupe.Imaging;

namespace FaceLoupe.Predictions;

/// <summary>
/// Faces as XMP face regions of the Metadata Working Group, which digiKam, Lightroom, immich and others read. Areas are
/// shares of the stored image, before it is turned by its orientation, and are given by their centres.
/// </summary>
internal static class XmpFaceRegions
{
    /// <summary>
    /// The name of every region: programs ignore regions without a name, and digiKam names unnamed faces so.
    /// </summary>
    public const string Name = "Unknown";

    private static readonly XNamespace s_meta = "adobe:ns:meta/";
    private static readonly XNamespace s_rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private static readonly XNamespace s_regions = "http://www.metadataworkinggroup.com/schemas/regions/";
    private static readonly XNamespace s_size = "http://ns.adobe.com/xap/1.0/sType/Dimensions#";
    private static readonly XNamespace s_area = "http://ns.adobe.com/xmp/sType/Area#";

    /// <summary>The text of a sidecar file.</summary>
    /// <param name="size">Size of the upright image.</param>
    /// <param name="orientation">How it is stored.</param>
    /// <param name="faces">Boxes in the upright image, with scores from 0 to 1.</param>
    public static string Document(PictureSize size, StoredOrientation orientation, IEnumerable<ScoredBox> faces)
    {
        var stored = orientation.Stored(size);
        var root = new XElement(
            s_meta + "xmpmeta",
            new XAttribute(XNamespace.Xmlns + "x", s_meta),
            new XAttribute(s_meta + "xmptk", "FaceLoupe"),
            new XElement(
                s_rdf + "RDF",
                new XAttribute(XNamespace.Xmlns + "rdf", s_rdf),
                new XElement(
                    s_rdf + "Description",
                    new XAttribute(s_rdf + "about", string.Empty),
                    new XAttribute(XNamespace.Xmlns + "mwg-rs", s_regions),
                    new XAttribute(XNamespace.Xmlns + "stDim", s_size),
                    new XAttribute(XNamespace.Xmlns + "stArea", s_area),
                    new XElement(
                        s_regions + "Regions",
                        new XAttribute(s_rdf + "parseType", "Resource"),
                        new XElement(
                            s_regions + "AppliedToDimensions",
                            new XAttribute(s_size + "w", stored.Width),
                            new XAttribute(s_size + "h", stored.Height),
                            new XAttribute(s_size + "unit", "pixel")),
                        new XElement(
                            s_regions + "RegionList",
                            new XElement(
                                s_rdf + "Bag",
                                faces.Select(face => Region(face, size, stored, orientation))))))));
        return "<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
            + root.ToString().ReplaceLineEndings("\n") + "\n<?xpacket end=\"w\"?>\n";
    }

    private static XElement Region(
        ScoredBox face, PictureSize size, PictureSize stored, StoredOrientation orientation)
    {
        var box = orientation.Stored(face.Box.Clip(size.Width, size.Height), size);
        return new XElement(
            s_rdf + "li",
            new XElement(
                s_rdf + "Description",
                new XAttribute(s_regions + "Name", Name),
                new XAttribute(s_regions + "Type", "Face"),
                new XAttribute(s_regions + "Description", FormattableString.Invariant($"score {face.Score:0.####}")),
                new XElement(
                    s_regions + "Area",
                    new XAttribute(s_area + "x", Share(box.CenterX, stored.Width)),
                    new XAttribute(s_area + "y", Share(box.CenterY, stored.Height)),
                    new XAttribute(s_area + "w", Share(box.Width, stored.Width)),
                    new XAttribute(s_area + "h", Share(box.Height, stored.Height)),
                    new XAttribute(s_area + "unit", "normalized"))));
    }

    private static string Share(float part, int whole) =>
        ((double)part / whole).ToString("0.######", CultureInfo.InvariantCulture);
}
