namespace FaceLoupe.Cli.Detection.Displays;

/// <summary>What a run has done so far.</summary>
internal sealed class DetectTally
{
    /// <summary>Inputs processed, images and whole videos.</summary>
    public int Inputs { get; set; }

    /// <summary>Inputs that failed.</summary>
    public int Failures { get; set; }

    /// <summary>Files and folders that were reported and skipped.</summary>
    public int PassedOver { get; set; }

    /// <summary>Faces found.</summary>
    public int Faces { get; private set; }

    /// <summary>What was searched.</summary>
    public MediaCount Done { get; private set; }

    /// <summary>What an earlier run had finished.</summary>
    public MediaCount Skipped { get; private set; }

    /// <summary>Whether there is any result, of this run or an earlier one.</summary>
    public bool IsAnything => Done.Count + Skipped.Count > 0;

    /// <summary>Counts an image that was searched.</summary>
    public void AddPicture(int faces)
    {
        Done = Done with { Pictures = Done.Pictures + 1 };
        Faces += faces;
    }

    /// <summary>Counts images that were finished before.</summary>
    public void SkipPictures(int pictures) => Skipped = Skipped with { Pictures = Skipped.Pictures + pictures };

    /// <summary>Counts the frames of a video, or of its beginning.</summary>
    public void Add(VideoTally video)
    {
        Done = Done with { Frames = Done.Frames + video.Frames };
        Skipped = Skipped with { Frames = Skipped.Frames + video.Skipped };
        Faces += video.Faces;
    }
}

/// <summary>A number of images and frames.</summary>
/// <param name="Pictures">Images that are inputs.</param>
/// <param name="Frames">Frames of videos.</param>
internal readonly record struct MediaCount(int Pictures, long Frames = 0)
{
    /// <summary>All of them.</summary>
    public long Count => Pictures + Frames;
}
