using System.Globalization;
using System.Runtime.Intrinsics;
using FaceLoupe.Imaging;
using FaceLoupe.Models;

namespace FaceLoupe.Benchmarks.Detection;

/// <summary>The tables of docs/performance.md.</summary>
internal sealed class DetectionTables(string modelFolder, string sharedFolder, int rounds, bool quick)
{
    private readonly MarkdownReport report = new();
    private readonly BenchPictures pictures = new(FindSample(), sharedFolder);

    /// <summary>Measures the tables of these names.</summary>
    public string Measure(IReadOnlyCollection<string> names)
    {
        using var bundle = ModelBundle.Open(modelFolder);
        var manifest = bundle.Manifest;
        report.Section("Protocol", string.Create(
            CultureInfo.InvariantCulture,
            $"Model {manifest.Name} {manifest.Version} (proposals {manifest.Proposals.Sha256[..12]}), "
            + $"{Environment.ProcessorCount} cores, {(Vector512.IsHardwareAccelerated ? "AVX-512" : "no AVX-512")}, "
            + $"{rounds} rounds after one that does not count, medians{(quick ? ", quick run" : string.Empty)}."));
        foreach (var (name, table) in new (string, Action<ModelBundle>)[]
        {
            ("whole", Whole), ("batches", Batches), ("switches", Switches), ("peers", Against),
            ("models", Models), ("parts", Parts), ("processes", Processes),
        })
        {
            if (names.Contains(name))
            {
                table(bundle);
            }
        }

        return report.ToString();
    }

    private void Whole(ModelBundle bundle)
    {
        using var detector = new FaceLoupeDetector(bundle);
        var seen = new Dictionary<string, List<Detections>>();
        var timings = PairedRounds.Measure(rounds, [.. pictures.All(quick).Select(picture => new Subject(
            picture.Name, () => seen.GetOrAdd(picture.Name).Add(detector.Detect(picture.Picture))))]);
        report.Section("Whole detection", "From a decoded image to its faces; ratios to the first row.");
        report.Timings("picture", timings);
        report.Section("Stages", "Milliseconds of the same runs.");
        report.Header("picture", "candidates", "faces", "proposals", "crops", "generator", "discriminator", "fusion");
        foreach (var (name, runs) in seen)
        {
            double Of(Func<StageTimes, TimeSpan> stage) =>
                PairedRounds.Median(runs.Skip(1).Select(run => stage(run.Times).TotalMilliseconds));
            report.Row(
                name, runs[^1].Proposals.Count, runs[^1].Faces.Count, Of(times => times.Proposals),
                Of(times => times.Crops),
                Of(times => times.Generator), Of(times => times.Discriminator), Of(times => times.Fusion));
        }

        report.End();
    }

    private void Batches(ModelBundle bundle)
    {
        report.Section("Batches", "Candidates per run of the second stage's networks, on about 50 faces.");
        Compare(bundle, pictures.Fifty.Picture, new[] { 32, 1, 8, 16, 64 }.Select(size =>
            ($"batch {size}", new DetectorOptions { BatchSize = size })));
        if (!quick)
        {
            // Without a stage-2 score band, or most of the 600 would never reach the second stage.
            var every = bundle.Manifest.Detection with { ProposalThreshold = 0, MaxProposals = 600, Stage2Band = null };
            report.Section("600 candidates", "Against the model's own settings, on about 50 faces.");
            Compare(bundle, pictures.Fifty.Picture,
            [
                ("the model's settings", new DetectorOptions()),
                ("600 in batches of 32", new DetectorOptions { Detection = every }),
                ("600 one by one", new DetectorOptions { Detection = every, BatchSize = 1 }),
            ]);
        }
    }

    private void Switches(ModelBundle bundle)
    {
        report.Section(
            "Switches", "Each alone against the defaults, on about 50 faces; see the table of their effect on "
                + "accuracy.");
        Compare(bundle, pictures.Fifty.Picture, DetectionSwitches.Of(bundle.Manifest));
    }

    private void Against(ModelBundle bundle)
    {
        using var detector = new FaceLoupeDetector(bundle);
        report.Section(
            "Peers", "1024x768 with about 50 faces, decoding of the peers' boxes left out; ratios to FaceLoupe.");
        BesidePeers(pictures.Fifty.Picture, [detector]);
    }

    // The model and those beside it, in the same rounds as the peers.
    private void Models(ModelBundle bundle)
    {
        var folders = Directory.GetDirectories(Path.GetDirectoryName(Path.GetFullPath(bundle.Folder))!)
            .Where(folder => File.Exists(Path.Combine(folder, ModelManifestFile.FileName)))
            .Order(StringComparer.Ordinal);
        var detectors = folders.Select(folder => FaceLoupeDetector.Load(folder)).ToList();
        foreach (var (name, picture) in new[] { pictures.Fifty, pictures.FiveHundred })
        {
            report.Section(
                "Models", $"{name}: the models that lie beside this one, and the peers; ratios to the first row.");
            BesidePeers(picture, detectors);
        }

        detectors.ForEach(detector => detector.Dispose());
    }

    private void BesidePeers(Picture picture, IEnumerable<FaceLoupeDetector> detectors)
    {
        using var peers = new Peers(Path.Combine(sharedFolder, "peers"));
        var others = peers.On(picture).Where(peer => !quick || !peer.Name.StartsWith("extd", StringComparison.Ordinal));
        report.Timings("detector", PairedRounds.Measure(
            rounds,
            [
                .. detectors.Select(detector => new Subject(detector.Model.Name, () => detector.Detect(picture))),
                .. others,
            ]));
    }

    private void Parts(ModelBundle bundle)
    {
        report.Section("Parts", "Each optimised part (ratio 1) against its naive twin.");
        foreach (var pair in DetectionParts.Of(pictures, bundle.Manifest))
        {
            report.Timings(pair[0].Name, PairedRounds.Measure(rounds, pair));
        }
    }

    private void Processes(ModelBundle bundle)
    {
        report.Section(
            "Start-up and memory", "A process of its own; resident memory at its height, in millions of bytes.");
        report.Header("picture", "model loaded, ms", "faces found, ms", "peak, MB", "finished");
        var folder = Directory.CreateTempSubdirectory("faceloupe-bench-");
        var limit = quick ? 30 : 600;
        foreach (var picture in new[] { pictures.Common, pictures.Large, pictures.Tiled(11_500, 8_700, 2000) })
        {
            var file = Path.Combine(folder.FullName, "picture.jpg");
            PictureFile.Write(picture.Picture, file);
            var result = ChildProcess.Measure(bundle.Folder, file, limit);
            report.Row(
                picture.Name, result.Loaded, result.Done, result.PeakMegabytes,
                result.Whole ? "yes" : $"stopped after {limit} s");
        }

        report.End();
        folder.Delete(recursive: true);
    }

    private void Compare(
        ModelBundle bundle, Picture picture, IEnumerable<(string Name, DetectorOptions Options)> variants)
    {
        var detectors =
            variants.Select(variant => (variant.Name, Detector: new FaceLoupeDetector(bundle, variant.Options)))
                .ToList();
        report.Timings("variant", PairedRounds.Measure(
            rounds, [.. detectors.Select(entry => new Subject(entry.Name, () => entry.Detector.Detect(picture)))]));
        detectors.ForEach(entry => entry.Detector.Dispose());
    }

    private static string FindSample()
    {
        for (var place = new DirectoryInfo(AppContext.BaseDirectory); place is not null; place = place.Parent)
        {
            if (Path.Combine(place.FullName, "samples", "solvay-1927.jpg") is var path && File.Exists(path))
            {
                return path;
            }
        }

        throw new FaceLoupeException(
            "samples/solvay-1927.jpg is nowhere above the program; run it from the repository.");
    }
}
