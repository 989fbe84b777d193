namespace FaceLoupe.Training.Stages;
internal sealed record GeneratorStageOptions : LoopOptions;
