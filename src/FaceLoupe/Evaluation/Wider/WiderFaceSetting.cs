namespace FaceLoupe.Evaluation.Wider;

/// <summary>The three settings of WIDER FACE: which faces count.</summary>
public enum WiderFaceSetting
{
    /// <summary>Large and clear faces.</summary>
    Easy,

    /// <summary>The easy ones and smaller ones.</summary>
    Medium,

    /// <summary>Nearly all faces, tiny and occluded ones too.</summary>
    Hard,
}
