namespace FaceLoupe.Cli.Inputs;

/// <summary>A file with a name among the others.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Name">
/// What it is called below a folder of results: its path within the folder that was given, or its own name.
/// </param>
/// <param name="IsVideo">Whether it is a video; all else is taken for an image.</param>
internal sealed record NamedInput(string Path, string Name, bool IsVideo);
