namespace FaceLoupe.Cli.Blurring;

/// <summary>A file to anonymise.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Name">
/// What it is called below the folder of results: its path within the folder that was given, or its own name.
/// </param>
/// <param name="IsVideo">Whether it is a video; all else is taken for a picture.</param>
internal sealed record BlurInput(string Path, string Name, bool IsVideo);
