using System.Net;
using System.Text;
using System.Text.Json;
using FaceLoupe.Anonymising;
using FaceLoupe.Cli.Streams;
using FaceLoupe.Imaging;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Reviewing;

/// <summary>
/// A self-contained HTML page where a person keeps, removes and draws masks, and saves the corrections as a file. It
/// shows the original faces. It grows on disk under a temporary name, as its images need not fit in memory together.
/// </summary>
internal sealed class ReviewPage : IDisposable
{
    private readonly string _path;
    private readonly string _growing;
    private readonly StreamWriter _writer;
    private readonly StringBuilder _data = new();
    private readonly StringBuilder _absent = new();

    private ReviewPage(string path)
    {
        _path = path;
        _growing = AtomicFile.IsDevice(path) ? path : AtomicFile.TemporaryFor(Path.GetFullPath(path));
        var options = new FileStreamOptions
        {
            Mode = _growing == path ? FileMode.Open : FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite,
        };
        if (!OperatingSystem.IsWindows() && options.Mode == FileMode.CreateNew)
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        _writer = new StreamWriter(_growing, options);
        _writer.Write(Before);
    }

    /// <summary>Begins a page; missing folders are made.</summary>
    /// <param name="path">The page. It has this name when it is finished.</param>
    /// <exception cref="OutputRefusedException">The file system refused.</exception>
    public static ReviewPage Create(string path)
    {
        if (Directory.Exists(path) || Path.EndsInDirectorySeparator(path))
        {
            throw new FaceLoupeException($"--review {path}: is a folder; give the name of a file.");
        }

        ReviewPage? page = null;
        Try(path, () =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path)) ?? path);
            page = new ReviewPage(path);
        });
        return page!;
    }

    /// <summary>Lists an input that is not on the page.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="reason">The reason; a leading file name is not repeated.</param>
    public void Leave(string path, string reason)
    {
        var words = reason.StartsWith($"{path}: ", StringComparison.Ordinal) ? reason[(path.Length + 2)..] : reason;
        _absent.Append("<li>").Append(WebUtility.HtmlEncode(path))
            .Append(": ").Append(WebUtility.HtmlEncode(words)).Append("</li>\n");
    }

    /// <summary>Adds an image.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="hash">The hash of its original, see <see cref="Corrections.HashOf"/>.</param>
    /// <param name="picture">The original image.</param>
    /// <param name="masked">What is masked.</param>
    /// <param name="near">Near misses.</param>
    /// <exception cref="OutputRefusedException">The file system refused.</exception>
    public void Add(
        string path,
        string hash,
        Picture picture,
        IReadOnlyList<FaceRegion> masked,
        IReadOnlyList<FaceRegion> near)
    {
        var name = WebUtility.HtmlEncode(path);
        var bytes = Convert.ToBase64String(PictureFile.Encode(picture, PictureFormat.Jpeg, 88));
        Try(_path, () =>
        {
            _writer.Write($"<section><h2>{name}</h2><div class=\"stage\"><img alt=\"{name}\" src=\"");
            _writer.Write($"data:image/jpeg;base64,{bytes}\"><svg viewBox=\"0 0 {picture.Width} {picture.Height}\">");
            _writer.Write("</svg></div></section>\n");
        });
        var entry = new
        {
            file = path,
            sha256 = hash,
            found = masked.Select(region => Row(region, true)).Concat(near.Select(region => Row(region, false))),
        };
        _data.Append(_data.Length == 0 ? string.Empty : ",\n").Append(JsonSerializer.Serialize(entry));
    }

    /// <summary>Writes the rest of the page and gives it its name.</summary>
    /// <exception cref="OutputRefusedException">The file system refused.</exception>
    public void Finish() => Try(_path, () =>
    {
        if (_absent.Length > 0)
        {
            _writer.Write($"<section id=\"absent\"><h2>Not on this page</h2><ul>\n{_absent}</ul></section>\n");
        }

        _writer.Write(Between);
        _writer.Write(_data);
        _writer.Write(After);
        _writer.Dispose();
        if (_growing != _path)
        {
            File.Move(_growing, _path, overwrite: true);
        }
    });

    /// <summary>Leaves nothing of a page that is not finished.</summary>
    public void Dispose()
    {
        try
        {
            _writer.Dispose();
        }
        catch (IOException)
        {
            // The fault that matters has already been thrown.
        }

        if (_growing != _path)
        {
            AtomicFile.DeleteIfPresent(_growing);
        }
    }

    private static void Try(string path, Action write)
    {
        try
        {
            write();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new OutputRefusedException(AtomicFile.Refused($"--review {path}", fault));
        }
    }

    private static object Row(FaceRegion region, bool masked) => new
    {
        box = new[] { region.Box.X, region.Box.Y, region.Box.Width, region.Box.Height }
            .Select(side => Math.Round((double)side, 2)),
        score = Math.Round((double)region.Score, 4),
        masked,
    };

    private const string Before = """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy"
          content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
        <meta name="viewport" content="width=device-width">
        <title>Review of masks</title>
        <style>
        body { font: 15px/1.45 system-ui, sans-serif; margin: 1rem; color: #1b1b1b; background: #fff }
        .bar { position: sticky; top: 0; z-index: 1; background: #fff; padding: .5rem 0; border-bottom: 1px solid #ccc }
        .stage { position: relative; display: inline-block; max-width: 100% } img { display: block; max-width: 100% }
        svg { position: absolute; inset: 0; width: 100%; height: 100%; touch-action: none }
        rect { stroke-width: 2; vector-effect: non-scaling-stroke; cursor: pointer }
        .mask { fill: #000b; stroke: #fff } .clear { fill: #fff0; stroke: #c60; stroke-dasharray: 5 3 }
        .ignore { fill: #06c3; stroke: #06c }
        rect:focus { outline: 3px solid #06c }
        h2 { font-size: 1rem; overflow-wrap: anywhere }
        </style>
        <h1>Review of masks</h1>
        <p><strong>This page shows the faces as they were: guard it like the originals.</strong>
        Dark: masked. Dashed: stays clear. Click or press Enter on a box to change it. Drag to draw one; click what
        you drew to remove it.</p>
        <div class="bar">
        <label>Draw <select id="kind"><option value="mask">a mask</option>
        <option value="ignore">an area where nothing is masked</option></select></label>
        <button id="save" type="button">Save corrections</button> <output id="saved"></output>
        </div>
        <main>

        """;

    private const string Between = """
        </main>
        <script>
        "use strict";
        const files = [
        """;

    private const string After = """
        ];
        document.querySelector("main").prepend(document.getElementById("absent") ?? "");
        const saved = document.getElementById("saved");
        const kind = document.getElementById("kind");
        files.forEach((file, number) => {
          const svg = document.querySelectorAll("svg")[number];
          file.boxes = file.found.map(found => ({ ...found, as: found.masked ? "mask" : "clear", drawn: false }));
          file.boxes.forEach(box => show(svg, file, box));
          let start = null;
          svg.addEventListener("pointerdown", event => {
            if (event.target === svg) { start = at(svg, event); svg.setPointerCapture(event.pointerId); }
          });
          svg.addEventListener("pointerup", event => {
            if (!start) return;
            const end = at(svg, event);
            const sides = [Math.min(start.x, end.x), Math.min(start.y, end.y),
              Math.abs(end.x - start.x), Math.abs(end.y - start.y)];
            start = null;
            if (sides[2] < 2 || sides[3] < 2) return;
            const box = { box: sides.map(side => Math.round(side * 100) / 100), as: kind.value, drawn: true };
            file.boxes.push(box);
            show(svg, file, box);
          });
        });
        function at(svg, event) {
          const place = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
          const view = svg.viewBox.baseVal;
          return { x: Math.min(Math.max(place.x, 0), view.width), y: Math.min(Math.max(place.y, 0), view.height) };
        }
        function show(svg, file, box) {
          const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
          ["x", "y", "width", "height"].forEach((name, i) => rect.setAttribute(name, box.box[i]));
          rect.setAttribute("tabindex", "0");
          rect.setAttribute("role", "button");
          const name = () => {
            rect.setAttribute("class", box.as);
            const label = { mask: "masked", clear: "stays clear", ignore: "nothing is masked here" }[box.as];
            rect.setAttribute("aria-label", label
              + (box.drawn ? ", drawn" : ", score " + box.score));
          };
          const change = () => {
            if (box.drawn) {
              file.boxes.splice(file.boxes.indexOf(box), 1);
              rect.remove();
            } else {
              box.as = box.as === "mask" ? "clear" : "mask";
              name();
            }
          };
          rect.addEventListener("click", change);
          rect.addEventListener("keydown", event => {
            if (event.key === "Enter" || event.key === " ") { event.preventDefault(); change(); }
          });
          name();
          svg.append(rect);
        }
        document.getElementById("save").addEventListener("click", () => {
          const text = JSON.stringify({ corrections: 1, files: files.map(file => ({
            file: file.file, sha256: file.sha256,
            keep: file.boxes.filter(box => box.as === "mask" && box.masked).map(box => box.box),
            mask: file.boxes.filter(box => box.as === "mask" && (box.drawn || !box.masked)).map(box => box.box),
            clear: file.boxes.filter(box => box.as === "clear" && box.masked).map(box => box.box),
            ignore: file.boxes.filter(box => box.as === "ignore").map(box => box.box),
          })) }, null, 1);
          const link = document.createElement("a");
          link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
          link.download = "corrections.json";
          link.click();
          saved.textContent = "Saved. Give the file to: faceloupe blur ... --apply corrections.json";
        });
        </script>
        </html>

        """;
}
