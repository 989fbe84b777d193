using System.ComponentModel.DataAnnotations;
using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Optimisation;

namespace FaceLoupe.Training.Stages.Options;

/// <summary>What all training loops have in common.</summary>
internal abstract record LoopOptions
{
    /// <summary>Optimiser steps of the whole stage. Default 1,000.</summary>
    [Range(1.0, long.MaxValue)]
    public long Steps { get; init; } = 1000;

    /// <summary>
    /// Time to train for instead of a number of steps, counted from each start: the learning rate falls with the clock
    /// as it would over <see cref="Steps"/>, to its end. For a graphics card rented by the hour. 0 (the default): the
    /// steps count.
    /// </summary>
    [Range(0.0, double.MaxValue)]
    public double Minutes { get; init; }

    /// <summary>
    /// Folder of another training (its --run) whose networks of this stage are the ones to start with; null (the
    /// default): ImageNet weights and random ones. The optimiser starts from scratch either way.
    /// </summary>
    public string? StartFrom { get; init; }

    /// <summary>Samples per step. Default 8.</summary>
    [Range(1, int.MaxValue)]
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
    /// Arithmetic of the convolutions while training; auto: the one that two steps of each show to be the fastest here.
    /// Default float32; the results are float32 either way.
    /// </summary>
    public TrainingPrecision Precision { get; init; }

    /// <summary>Threads that prepare samples. Default 1.</summary>
    [Range(1, int.MaxValue)]
    public int Workers { get; init; } = 1;
}
