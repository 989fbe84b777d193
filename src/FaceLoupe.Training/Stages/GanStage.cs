namespace FaceLoupe.Training.Stages;
internal sealed record GanStageOptions : LoopOptions;
