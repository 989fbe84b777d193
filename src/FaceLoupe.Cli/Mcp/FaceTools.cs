using System.ComponentModel;
using System.Globalization;
using System.Text.Json.Nodes;
using FaceLoupe.Anonymising;
using FaceLoupe.Cli.Inputs;
using FaceLoupe.Cli.Reports;
using FaceLoupe.Imaging;
using FaceLoupe.Models;
using FaceLoupe.Predictions;
using FaceLoupe.Storage;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace FaceLoupe.Cli.Mcp;

/// <summary>What a language model may call: detect, count and, where a folder for copies is given, blur.</summary>
/// <param name="bundle">The model that finds faces.</param>
/// <param name="options">Options of the detector.</param>
/// <param name="roots">The folders whose images may be searched.</param>
/// <param name="copies">The folder that masked copies go to; null: none are made.</param>
internal sealed class FaceTools(ModelBundle bundle, DetectorOptions options, ToolRoots roots, string? copies)
    : IDisposable
{
    private const int MostPictures = 1000;

    private readonly FaceLoupeDetector _detector = new(bundle, options);

    // Two calls at once would compete for cores.
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Lazy<Anonymiser> _anonymiser = new(() => Masking(bundle, options));

    /// <summary>The tools.</summary>
    public McpServerPrimitiveCollection<McpServerTool> Tools
    {
        get
        {
            McpServerPrimitiveCollection<McpServerTool> tools =
            [
                Tool(
                    "detect_faces",
                    "Finds the faces of one image, also very small ones. Returns the JSON of 'faceloupe "
                        + "detect': for each face x, y, width and height in pixels and a score from 0 to 1.",
                    readOnly: true,
                    DetectAsync),
                Tool(
                    "count_faces",
                    "Counts the faces of one image, or of all images in one folder.",
                    readOnly: true,
                    CountAsync),
            ];
            if (copies is not null)
            {
                tools.Add(Tool(
                    "blur_faces",
                    "Writes a copy of one image with the faces hidden, into the folder for copies. The original "
                        + "stays as it is. A face that is not found stays visible.",
                    readOnly: false,
                    BlurAsync));
            }

            return tools;
        }
    }

    public void Dispose()
    {
        _detector.Dispose();
        _turn.Dispose();
        if (_anonymiser.IsValueCreated)
        {
            _anonymiser.Value.Dispose();
        }
    }

    // What is reported as a face is masked.
    private static Anonymiser Masking(ModelBundle bundle, DetectorOptions options)
    {
        var usual = ThresholdChoice.Of(
            bundle.Manifest, new AnonymiserOptions { Stages = options.Stages }).Threshold;
        return new Anonymiser(new FaceLoupeDetector(
            bundle, options with { MinScore = Math.Min(usual, options.MinScore ?? usual) }));
    }

    private static McpServerTool Tool(string name, string what, bool readOnly, Delegate call) => McpServerTool.Create(
        call,
        new McpServerToolCreateOptions
        {
            Name = name,
            Description = what,
            ReadOnly = readOnly,
            Destructive = false,
            OpenWorld = false,
        });

    private Task<CallToolResult> DetectAsync(
        [Description("Path of the image; a relative one lies in the first folder given at the start.")] string path,
        CancellationToken stop) => RunAsync(() => DetectionDocument.Text(
            bundle.Manifest, bundle.Reason, _detector.MinScore, [Find(roots.Resolve(path), path, stop)], []), stop);

    private Task<CallToolResult> CountAsync(
        [Description("Path of an image, or of a folder of images; its subfolders are not searched.")]
        string path,
        CancellationToken stop) => RunAsync(() =>
    {
        var place = roots.Resolve(path);
        if (!Directory.Exists(place))
        {
            return Counted(1, Find(place, path, stop).Faces.Count, []);
        }

        var inputs = InputList.Of([place], outputs: []);
        if (inputs.Paths.Count > MostPictures)
        {
            throw new FaceLoupeException(string.Create(
                CultureInfo.InvariantCulture,
                $"{path}: holds {inputs.Paths.Count} images, more than the {MostPictures} of one call; "
                + $"name a smaller folder."));
        }

        var (pictures, faces) = (0, 0);
        var failures = inputs.Faults.Select(fault => fault.Message).ToList();
        foreach (var picture in inputs.Paths)
        {
            // A file may be a link to elsewhere.
            if (Attempt.On(
                picture, () => faces += Find(roots.Resolve(picture), picture, stop).Faces.Count, stop) is { } fault)
            {
                failures.Add(fault.Message);
            }
            else
            {
                pictures++;
            }
        }

        return Counted(pictures, faces, failures);
    }, stop);

    private Task<CallToolResult> BlurAsync(
        [Description("Path of the image; a relative one lies in the first folder given at the start.")] string path,
        [Description("Name of the copy, without folders, ending in .png, .jpg or .webp. There must be no file of "
            + "that name.")]
        string copy,
        CancellationToken stop) => RunAsync(() =>
    {
        var place = roots.Resolve(path);
        if (copy != Path.GetFileName(copy) || !CopyNames.IsWritable(copy, video: false))
        {
            throw new FaceLoupeException(
                $"{copy}: is not a name for a copy; expected a name without folders "
                + $"that ends in {string.Join(", ", CopyNames.PictureExtensions)}.");
        }

        var target = OutputPath.In(copies!, copy);
        if (Path.Exists(target))
        {
            throw new FaceLoupeException($"{copy}: already exists; give another name.");
        }

        var picture = Sound(PictureFile.Read(place), path);
        var masked = _anonymiser.Value.Anonymise(picture, path, stop);
        PictureFile.Write(masked.Picture, target);
        return new JsonObject
        {
            ["output"] = Path.GetFullPath(target), ["regions"] = masked.Regions.Count,
        }.ToJsonString();
    }, stop);

    private PictureFaces Find(string place, string path, CancellationToken stop)
    {
        var picture = PictureFile.Read(place);
        return PictureFaces.Of(path, path, picture, _detector.Detect(picture, path, stop).Faces);
    }

    // As with 'faceloupe blur': what cannot be decoded cannot be masked.
    private static Picture Sound(Picture picture, string path) => picture.Damage is { } damage
        ? throw new UnreadablePictureException($"{path}: the file is damaged: {damage}; get a whole copy.")
        : picture;

    private static string Counted(int pictures, int faces, List<string> failures)
    {
        var counted = new JsonObject { ["pictures"] = pictures, ["faces"] = faces, ["failed"] = failures.Count };
        if (failures.Count > 0)
        {
            counted["errors"] = JsonReport.Array(failures);
        }

        return counted.ToJsonString();
    }

    // Faults of a call are reported to the model, which may try another call.
    private async Task<CallToolResult> RunAsync(Func<string> work, CancellationToken stop)
    {
        await _turn.WaitAsync(stop);
        try
        {
            return Result(await Task.Run(work, stop), isError: false);
        }
        catch (FaceLoupeException fault)
        {
            return Result(fault.Message.ReplaceLineEndings(" "), isError: true);
        }
        catch (OutOfMemoryException)
        {
            return Result("There is not enough memory for this image; shrink it first.", isError: true);
        }
        finally
        {
            _turn.Release();
        }
    }

    private static CallToolResult Result(string text, bool isError) =>
        new() { Content = [new TextContentBlock { Text = text }], IsError = isError };
}
