namespace FaceLoupe.Proposals;

/// <summary>What the fifth number of a recorded box means.</summary>
public enum RecordedScores
{
    /// <summary>A probability from 0 to 1, as most detectors write.</summary>
    Probability,

    /// <summary>A logit: any number, 0 is one to one.</summary>
    Logit,
}
