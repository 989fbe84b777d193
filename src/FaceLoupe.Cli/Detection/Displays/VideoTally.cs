using System.Diagnostics;
using FaceLoupe.Imaging;

namespace FaceLoupe.Cli.Detection.Displays;

/// <summary>Counts of one video so far.</summary>
/// <param name="path">The video.</param>
internal sealed class VideoTally(string path)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <summary>The video.</summary>
    public string Path { get; } = path;

    /// <summary>Frames searched.</summary>
    public long Frames { get; private set; }

    /// <summary>Frames that an earlier run had finished.</summary>
    public long Skipped { get; private set; }

    /// <summary>Faces found in them.</summary>
    public int Faces { get; private set; }

    /// <summary>Width of the upright frames, in pixels; 0 before the first frame.</summary>
    public int Width { get; private set; }

    /// <summary>Height of the upright frames, in pixels; 0 before the first frame.</summary>
    public int Height { get; private set; }

    /// <summary>Time since the start of the video.</summary>
    public TimeSpan Elapsed => _clock.Elapsed;

    /// <summary>Counts a frame that was searched.</summary>
    public void Add(Picture frame, int faces)
    {
        (Width, Height) = (frame.Width, frame.Height);
        Frames++;
        Faces += faces;
    }

    /// <summary>Counts a frame that an earlier run had finished.</summary>
    public void Skip(Picture frame)
    {
        (Width, Height) = (frame.Width, frame.Height);
        Skipped++;
    }
}
