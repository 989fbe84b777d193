namespace FaceLoupe.Cli.Inputs;

/// <summary>An input file and its name in results.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Name">
/// Its name within a folder of results: its path within the input folder, or its own name.
/// </param>
/// <param name="IsVideo">Whether it is a video; otherwise it is an image.</param>
internal sealed record NamedInput(string Path, string Name, bool IsVideo);
