namespace FaceLoupe;

/// <summary>How far an image goes through the pipeline.</summary>
public enum DetectionStages
{
    /// <summary>The first stage alone: proposals are the result.</summary>
    ProposalsOnly = 1,

    /// <summary>Both stages: proposals are super-resolved, classified and refined.</summary>
    Both = 2,
}
