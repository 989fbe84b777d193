namespace FaceLoupe.Training.Mining;
internal sealed record MiningOptions;
