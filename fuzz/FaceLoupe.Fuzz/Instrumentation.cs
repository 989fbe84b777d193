using SharpFuzz;

namespace FaceLoupe.Fuzz;

/// <summary>Makes a copy of the program tell which branches it takes.</summary>
internal static class Instrumentation
{
    private static readonly (string File, string[] Types)[] Parsers =
    [
        ("FaceLoupe.dll", [
            "FaceLoupe.Datasets.", "FaceLoupe.Evaluation.", "FaceLoupe.Predictions.", "FaceLoupe.Models.ModelManifest",
            "FaceLoupe.Proposals.Recorded", "FaceLoupe.Anonymising.MaskCertificate", "FaceLoupe.Storage.RelativeName",
        ]),
        ("FaceLoupe.Cli.dll", ["FaceLoupe.Cli.Detection.Formats.", "FaceLoupe.Cli.Video.", "FaceLoupe.Cli.Reviewing."]),
        ("FaceLoupe.Web.dll", ["FaceLoupe.Web.Uploads."]),
        ("FaceLoupe.Fuzz.dll", ["FaceLoupe.Training.Configuration."]),
    ];

    /// <summary>Changes the assemblies in a folder.</summary>
    /// <param name="folder">A copy of this program's folder.</param>
    public static void Of(string folder)
    {
        foreach (var (file, types) in Parsers)
        {
            Fuzzer.Instrument(
                Path.Combine(folder, file),
                name => Array.Exists(types, type => name.StartsWith(type, StringComparison.Ordinal)),
                Options.Value);
        }
    }
}
