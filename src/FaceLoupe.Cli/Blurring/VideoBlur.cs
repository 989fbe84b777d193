using FaceLoupe.Anonymising;
using FaceLoupe.Cli.Video;

namespace FaceLoupe.Cli.Blurring;

/// <summary>Anonymises videos: decode, detect, carry over gaps, mask, encode.</summary>
/// <param name="Tools">Where ffmpeg is.</param>
/// <param name="Anonymiser">Finds and hides faces.</param>
/// <param name="Carry">How many frames a box is carried forward and backward.</param>
/// <param name="Audit">Where every region is written down; null: nowhere.</param>
internal sealed record VideoBlur(FfmpegTools Tools, Anonymiser Anonymiser, int Carry, AuditLog? Audit)
{
    /// <summary>Anonymises one video. The target appears when it is whole.</summary>
    /// <param name="path">The video.</param>
    /// <param name="target">Where its masked copy goes.</param>
    /// <param name="progress">Told the frames done and the frames there are, where that is known.</param>
    /// <param name="cancellation">Stops within a frame.</param>
    /// <exception cref="FaceLoupeException">The video is damaged, or its copy cannot be written.</exception>
    public BlurTally Run(string path, string target, Action<long, long?> progress, CancellationToken cancellation)
    {
        var info = VideoInfo.Read(Tools, path);
        using var reader = new VideoReader(Tools, path, info);
        VideoWriter? writer = null;
        try
        {
            var tally = default(BlurTally);
            foreach (var frame in Anonymiser.Anonymise(reader.Frames(), path, Carry, cancellation))
            {
                writer ??= new VideoWriter(
                    Tools, target, info, frame.Picture.Width, frame.Picture.Height, sound: path);
                writer.Write(frame.Picture);
                Audit?.WriteRegions(path, frame, tally.Frames, tally.Frames / info.Rate.Value);
                tally = new BlurTally(
                    tally.Frames + 1,
                    tally.Regions + frame.Regions.Count,
                    tally.Carried + frame.Regions.Count(region => region.Carried));
                progress(tally.Frames, info.Frames);
            }

            writer?.Finish();
            return tally;
        }
        finally
        {
            writer?.Dispose();
        }
    }
}
