using System.Net;
using System.Text;
using FaceLoupe.Cli.Plotting;
using FaceLoupe.Storage;
using ScottPlot;

namespace FaceLoupe.Cli.Reports;

/// <summary>A report as one self-contained HTML page.</summary>
/// <param name="title">Heading of the page.</param>
internal sealed class ReportPage(string title)
{
    private const string FileName = "index.html";

    private const string Style = """
        body { font: 15px/1.45 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem }
        body { color: #1b1b1b; background: #fff }
        h1 { font-size: 1.6rem } h2 { font-size: 1.2rem; margin-top: 2.2rem }
        table { border-collapse: collapse; margin: .6rem 0 1.2rem }
        caption { text-align: left; padding: .3rem 0; font-weight: 600 }
        th, td { padding: .2rem .7rem; border-bottom: 1px solid #ddd; text-align: right; vertical-align: top }
        th:first-child, td:first-child, .regime td { text-align: left } td { font-variant-numeric: tabular-nums }
        figure { margin: 0 } img { max-width: 100% } .gallery { display: flex; flex-wrap: wrap; gap: 1rem }
        .gallery figure { width: 9.5rem } .gallery img { width: 9rem; height: 9rem; image-rendering: pixelated }
        figcaption { font-size: .75rem; overflow-wrap: anywhere }
        """;

    private readonly StringBuilder _body = new();

    /// <summary>Adds a heading, and a paragraph if there is a text.</summary>
    public void Section(string heading, string text = "")
    {
        _body.Append("<h2>").Append(Encode(heading)).Append("</h2>\n");
        if (text.Length > 0)
        {
            _body.Append("<p>").Append(Encode(text)).Append("</p>\n");
        }
    }

    /// <summary>Adds the evaluation settings.</summary>
    public void Add(EvaluationSettings settings)
    {
        _body.Append("<table class=\"regime\">\n");
        foreach (var (name, value) in settings.Entries)
        {
            _body.Append("<tr><th scope=\"row\">").Append(Encode(name)).Append("</th><td>").Append(Encode(value))
                .Append("</td></tr>\n");
        }

        _body.Append("</table>\n");
    }

    /// <summary>Adds a table of figures.</summary>
    public void Add(ResultTable table)
    {
        _body.Append("<table>\n");
        if (table.Title.Length > 0)
        {
            _body.Append("<caption>").Append(Encode(table.Title)).Append("</caption>\n");
        }

        _body.Append("<tr><th></th>");
        foreach (var column in table.Columns)
        {
            _body.Append("<th scope=\"col\">").Append(Encode(column)).Append("</th>");
        }

        _body.Append("</tr>\n");
        foreach (var (label, cells) in table.Rows)
        {
            _body.Append("<tr><th scope=\"row\">").Append(Encode(label)).Append("</th>");
            foreach (var cell in cells)
            {
                _body.Append("<td>").Append(Encode(cell)).Append("</td>");
            }

            _body.Append("</tr>\n");
        }

        _body.Append("</table>\n");
    }

    /// <summary>Adds a plot, as a separate image: ids in two SVG texts of one page could clash.</summary>
    public void Add(Plot plot, string alternative) =>
        Image("image/svg+xml", Encoding.UTF8.GetBytes(PlotFile.Svg(plot)), alternative, string.Empty);

    /// <summary>Adds crops with captions, or a line if there are none.</summary>
    public void Add(IReadOnlyList<GalleryItem> gallery)
    {
        if (gallery.Count == 0)
        {
            _body.Append("<p>None.</p>\n");
            return;
        }

        _body.Append("<div class=\"gallery\">\n");
        foreach (var item in gallery)
        {
            Image("image/jpeg", item.Jpeg, item.Caption, item.Caption);
        }

        _body.Append("</div>\n");
    }

    /// <summary>Writes the page into a folder as <c>index.html</c>.</summary>
    /// <returns>The file's path.</returns>
    public string WriteTo(string folder)
    {
        var path = Path.Combine(folder, FileName);
        AtomicFile.WriteAllText(path, ToHtml());
        return path;
    }

    /// <summary>The text of the page.</summary>
    public string ToHtml() => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{Encode(title)}</title>
        <style>
        {Style}
        </style>
        </head>
        <body>
        <h1>{Encode(title)}</h1>
        {_body}</body>
        </html>

        """.ReplaceLineEndings("\n");

    private void Image(string type, byte[] bytes, string alternative, string caption)
    {
        _body.Append("<figure><img alt=\"").Append(Encode(alternative)).Append("\" src=\"data:").Append(type)
            .Append(";base64,")
            .Append(Convert.ToBase64String(bytes)).Append("\">");
        if (caption.Length > 0)
        {
            _body.Append("<figcaption>").Append(Encode(caption)).Append("</figcaption>");
        }

        _body.Append("</figure>\n");
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
