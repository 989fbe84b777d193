using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using FaceLoupe.Cli.Reports;
using FaceLoupe.Cli.Terminal;
using FaceLoupe.Imaging;
using FaceLoupe.Models;
using SkiaSharp;

namespace FaceLoupe.Cli.Diagnosis;

/// <summary>One call of <c>faceloupe doctor</c>: everything that a bug report should contain.</summary>
/// <param name="Model">Folder of the model; null: the default.</param>
/// <param name="Json">Whether to print JSON.</param>
/// <param name="Output">Standard output.</param>
internal sealed record DoctorRun(string? Model, bool Json, TextWriter Output)
{
    /// <summary>Checks and reports.</summary>
    /// <returns>0 if faces can be found, otherwise 2.</returns>
    public int Run()
    {
        var findings = Check();
        var able = findings.All(finding => finding.Fault is null);
        Output.Write(Json ? ToJson(findings, able) : ToText(findings, able));
        return able ? ExitCode.Fine : ExitCode.NothingDone;
    }

    private List<Finding> Check()
    {
        var version = typeof(DoctorRun).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>();
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024d * 1024 * 1024);
        var findings = new List<Finding>
        {
            new("faceloupe", "FaceLoupe", version?.InformationalVersion ?? "of unknown version"),
            new("program", "program", AppContext.BaseDirectory),
            new("dotnet", ".NET", RuntimeInformation.FrameworkDescription),
            new("system", "system",
                $"{RuntimeInformation.OSDescription.Trim()}, {RuntimeInformation.RuntimeIdentifier}"),
            new("processor", "processor", Processor.Name),
            new("processorFeatures", "instruction sets", Processor.Features) { IsList = true },
            new("cores", "cores", Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture)),
            new("memory", "memory", memory.ToString("0.0 'GiB'", CultureInfo.InvariantCulture)),
            Finding.Of("onnxRuntime", "ONNX Runtime", () => [OnnxEnvironment.Instance.GetVersionString()]),
            Finding.Of("executionProviders", "runs networks on", () => OnnxEnvironment.Instance.GetAvailableProviders())
                with { IsList = true },
            Finding.Of("skia", "Skia", () => [SkiaSharpVersion.Native.ToString()]),
            new("ffmpeg", "ffmpeg", FfmpegProgram.Version() ?? FfmpegProgram.Missing),
            new("modelPlaces", "models are searched for", ModelPlaces()) { IsList = true },
        };
        findings.AddRange(LookAtModel());
        return findings;
    }

    private List<Finding> LookAtModel()
    {
        ModelBundle? bundle = null;
        var opened = Finding.Of("model", "model", () =>
        {
            // Opening checks every hash and shape.
            bundle = ModelBundle.Open(Model);
            return [$"{bundle.Manifest.Name} {bundle.Manifest.Version}, all files match the manifest"];
        });
        if (bundle is null)
        {
            return [opened];
        }

        using (bundle)
        {
            return
            [
                opened,
                new Finding("modelReason", "why this model", Reason(bundle)),
                new Finding("modelFolder", "model folder", bundle.Folder),
                Finding.Of("goldenOutputs", "8-bit results", () => [Golden(bundle)]),
                Finding.Of("trial", "trial", () => [Try(bundle)]),
            ];
        }
    }

    private static string Reason(ModelBundle bundle) => bundle.ModelNote ?? bundle.Reason;

    // A model whose results are wrong does not open, or was already replaced by another.
    private static string Golden(ModelBundle bundle) => bundle.GoldenError() is { } found
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"as expected (largest error {found.Error:0.000}, of output {found.Output}; "
            + $"up to {GoldenOutputs.MostError} is rounding)")
        : $"not compared: {bundle.Manifest.Name} has no {GoldenOutputs.FileName}, which models in 8 bits have";

    // Decoding and all three networks, on a black image: anything missing shows here.
    private static string Try(ModelBundle bundle)
    {
        var bytes = PictureFile.Encode(new Picture(96, 64), PictureFormat.Png);
        using var detector = new FaceLoupeDetector(bundle);
        var found = detector.Detect(PictureFile.Decode(bytes, "trial.png"));
        return FormattableString.Invariant($"searched an image of {found.Width}x{found.Height} px");
    }

    private static string[] ModelPlaces()
    {
        var name = Path.Combine("models", ModelBundle.DefaultName);
        return
        [
            .. new[] { AppContext.BaseDirectory, Directory.GetCurrentDirectory() }
                .Select(start => $"{Path.Combine(start, name)} and in the folders above"),
        ];
    }

    private static string ToText(List<Finding> findings, bool able)
    {
        using var text = new StringWriter { NewLine = "\n" };
        var width = findings.Max(finding => finding.Title.Length) + 2;
        foreach (var finding in findings)
        {
            var values = finding.Fault is null ? finding.Values : [$"FAULT: {finding.Fault}"];
            var joined = finding.Key == "modelPlaces"
                ? string.Join("\n" + new string(' ', width), values)
                : values.Count == 0 ? "none of note" : string.Join(", ", values);
            text.WriteLine(finding.Title.PadRight(width) + joined);
        }

        text.WriteLine();
        text.WriteLine(able ? "Ready to find faces." : "Faces cannot be found until the faults above are fixed.");
        return text.ToString();
    }

    private static string ToJson(List<Finding> findings, bool able) => JsonReport.Text(
        new JsonObject(
            findings.Select(finding => KeyValuePair.Create(finding.Key, (JsonNode?)finding.ToJson()))
                .Prepend(new("able", able))));
}
