namespace FaceLoupe;

/// <content>A detector with another threshold.</content>
public sealed partial class FaceLoupeDetector
{
    private readonly FaceLoupeDetector? _source;

    private FaceLoupeDetector(FaceLoupeDetector other, float minScore)
    {
        _source = other;
        Model = other.Model;
        ModelNote = other.ModelNote;
        ModelReason = other.ModelReason;
        DeviceNote = other.DeviceNote;
        Detection = other.Detection;
        _options = other._options with { MinScore = minScore };
        _detection = other._detection;
        _threads = other._threads;
        _proposer = other._proposer;
        _secondStage = other._secondStage;
    }

    // It runs the other one's networks, and is disposed with it.
    private bool IsDisposed => _disposed || _source is { IsDisposed: true };

    /// <summary>The lowest score given; null: the model's threshold applies.</summary>
    internal float? GivenMinScore => _options.MinScore;

    /// <summary>How far an image goes.</summary>
    internal DetectionStages Stages => _options.Stages;

    /// <summary>A detector that reports other scores; this one must outlive it.</summary>
    internal FaceLoupeDetector From(float minScore) => new(this, minScore);
}
