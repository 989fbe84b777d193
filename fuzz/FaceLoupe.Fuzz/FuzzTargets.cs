using FaceLoupe.Anonymising;
using FaceLoupe.Cli.Detection.Formats;
using FaceLoupe.Cli.Reviewing;
using FaceLoupe.Cli.Video;
using FaceLoupe.Datasets;
using FaceLoupe.Evaluation;
using FaceLoupe.Evaluation.Fddb;
using FaceLoupe.Evaluation.Matlab;
using FaceLoupe.Models;
using FaceLoupe.Predictions;
using FaceLoupe.Proposals;
using FaceLoupe.Tests.Datasets;
using FaceLoupe.Training.Configuration;
using FaceLoupe.Training.Tests.Runs;
using FaceLoupe.Web;
using FaceLoupe.Web.Problems;
using FaceLoupe.Web.Queueing;
using FaceLoupe.Web.Uploads;
using Microsoft.AspNetCore.Http;

namespace FaceLoupe.Fuzz;

/// <summary>
/// Each parser of ours, by name. What it says to a file is one line of ours, never an exception of another kind.
/// </summary>
public sealed class FuzzTargets : IDisposable
{
    private readonly SmallFolder _folder = new();
    private readonly Dictionary<string, Action<byte[]>> _byName;

    public FuzzTargets() => _byName = new(StringComparer.Ordinal)
    {
        ["wider"] = OfFile("fuzzed.txt", path => WiderFaceDataset.Read(path, _folder.Images)),
        ["coco"] = OfFile("fuzzed.json", path => CocoDataset.Read(path, _folder.Images)),
        ["voc"] = OfFile("voc/a.b.xml", _ => VocDataset.Read(_folder.PathOf("voc"), _folder.Images)),
        ["yolo"] = OfFile("yolo/a.b.txt", _ => YoloDataset.Read(_folder.PathOf("yolo"), _folder.Images)),
        ["fddb"] = OfFile("fuzzed.txt", FddbText.Read),
        ["predictions"] = OfFile("fuzzed.txt", path => PredictionText.Read(path)),
        ["voc-predictions"] = OfFile("fuzzed.txt", path => VocPredictions.Read(path)),
        ["recorded-proposals"] = OfFile("fuzzed.jsonl", path => RecordedProposals.Open(path)),
        ["manifest"] = OfFile("fuzzed.json", ModelManifestFile.Read),
        ["matlab"] = Matlab,
        ["certificate"] = OfFile("fuzzed.json", MaskCertificateFile.Read),
        ["corrections"] = OfFile("fuzzed.json", Corrections.Read),
        ["json-lines"] = OfFile("fuzzed.jsonl", JsonLines.Read),
        ["json"] = OfFile("fuzzed.json", DetectionDocument.Read),
        ["coco-results"] = OfFile("fuzzed.json", CocoFaces.Read),
        ["csv"] = OfFile("fuzzed.csv", CsvTable.Read),
        ["config"] = OfFile("fuzzed.json", path => ConfigFile.Load<SampleOptions>(path, [])),
        ["video-pipe"] = VideoPipe,
        ["multipart"] = Multipart,
    };

    /// <summary>What there is to fuzz.</summary>
    public IReadOnlyCollection<string> Names => _byName.Keys;

    /// <summary>Gives a file to a parser.</summary>
    /// <param name="name">Which.</param>
    /// <param name="file">The file.</param>
    /// <exception cref="Exception">The parser has a fault.</exception>
    public void Run(string name, byte[] file) => _byName[name](file);

    /// <summary>The saved files of a parser.</summary>
    public static byte[][] Corpus(string folder, string name) =>
    [
        .. Directory.GetFiles(Path.Combine(folder, name)).Order(StringComparer.Ordinal).Select(File.ReadAllBytes),
    ];

    public void Dispose() => _folder.Dispose();

    private Action<byte[]> OfFile(string name, Func<string, object> read)
    {
        var path = _folder.PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return file =>
        {
            File.WriteAllBytes(path, file);
            OneLine(() => read(path));
        };
    }

    private static void Matlab(byte[] file) => OneLine(() =>
    {
        var parsed = MatlabFile.Parse(file, "fuzzed.mat");
        parsed.Get<MatlabValue>("faces");
        return parsed;
    });

    private static void VideoPipe(byte[] file)
    {
        using var stream = new MemoryStream(file);
        try
        {
            if (PpmStream.Read(stream).Count() > file.Length)
            {
                throw new InvalidOperationException("More frames than bytes.");
            }
        }
        catch (InvalidDataException)
        {
            // Its reader knows what to say of ffmpeg.
        }
    }

    private static void Multipart(byte[] file)
    {
        var options = new ServeOptions();
        using var queue = new WorkQueue(options);
        using var share = new UploadMemory(options, queue).Open();
        var context = new DefaultHttpContext();
        context.Request.ContentType = "multipart/form-data; boundary=b";
        using var body = new MemoryStream(file);
        context.Request.Body = body;
        try
        {
            UploadReader.ReadAsync(context.Request, options, share, CancellationToken.None).GetAwaiter().GetResult();
        }
        catch (RequestRefusedException)
        {
            // Reported as problem details.
        }
    }

    private static void OneLine(Func<object> read)
    {
        try
        {
            read();
        }
        catch (FaceLoupeException fault)
        {
            if (fault.Message.Contains('\n', StringComparison.Ordinal))
            {
                throw new InvalidOperationException("More than one line: " + fault.Message, fault);
            }
        }
    }
}
