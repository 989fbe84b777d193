using System.ComponentModel.DataAnnotations;
using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Optimisation;

namespace FaceLoupe.Training.Stages.Options;

/// <summary>Common options of all training loops.</summary>
internal abstract record LoopOptions
{
    /// <summary>Optimiser steps of the whole stage. Default 1,000.</summary>
    [Range(1.0, long.MaxValue)]
    public long Steps { get; init; } = 1000;

    /// <summary>
    /// Training time instead of a number of steps, counted from each start: the learning rate follows the clock as it
    /// would follow <see cref="Steps"/>. For a GPU rented by the hour. 0 (the default): by steps.
    /// </summary>
    [Range(0.0, double.MaxValue)]
    public double Minutes { get; init; }

    /// <summary>
    /// Folder of another training (its --run) whose networks of this stage initialise this one; null (the default):
    /// ImageNet and random weights. The optimiser always starts from scratch.
    /// </summary>
    public string? StartFrom { get; init; }

    /// <summary>Samples per step. Default 8.</summary>
    [Range(1, 1 << 16)]
    public int BatchSize { get; init; } = 8;

    /// <summary>Learning rate of Adam over the steps.</summary>
    public LearningRateSchedule LearningRate { get; init; } = new();

    /// <summary>Steps between two checkpoints. Default 100.</summary>
    [Range(1.0, long.MaxValue)]
    public long CheckpointEvery { get; init; } = 100;

    /// <summary>Steps between two lines of metrics. Default 10.</summary>
    [Range(1.0, long.MaxValue)]
    public long MetricsEvery { get; init; } = 10;

    /// <summary>Steps between two contact sheets; 0 for none. Default 200.</summary>
    [Range(0.0, long.MaxValue)]
    public long SheetEvery { get; init; } = 200;

    /// <summary>
    /// Arithmetic of the convolutions in training; auto: the fastest one here, by two timed steps of each. Default
    /// float32; weights are always float32.
    /// </summary>
    public TrainingPrecision Precision { get; init; }

    /// <summary>Threads that prepare samples. Default 1.</summary>
    [Range(1, 1024)]
    public int Workers { get; init; } = 1;
}
