using System.Diagnostics;

namespace FaceLoupe.Training.Ablations;

/// <summary>
/// Time for training, divided among rows by what is left to do for them. Measuring rows costs none of it.
/// </summary>
internal sealed class TrainingBudget
{
    // Less than this is not worth loading networks for.
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);
    private readonly TimeSpan? total;

    /// <param name="minutes">Minutes in total; null: without limit.</param>
    public TrainingBudget(double? minutes) => total = minutes is { } m ? TimeSpan.FromMinutes(m) : null;

    /// <summary>Time spent so far.</summary>
    public TimeSpan Spent { get; private set; }

    /// <summary>True when a limit was given and is used up.</summary>
    public bool IsUsedUp => total - Spent < Least;

    /// <summary>The part of what is left that a row may have; null: as long as it takes.</summary>
    /// <param name="work">What is left to do for the row and for no row before it.</param>
    /// <param name="allWork">What is left to do for all rows, this one included.</param>
    public TimeSpan? Share(double work, double allWork)
    {
        if (total is not { } all)
        {
            return null;
        }

        var left = all > Spent ? all - Spent : TimeSpan.Zero;
        return allWork > 0 ? left * Math.Clamp(work / allWork, 0, 1) : left;
    }

    /// <summary>Does something and counts its time.</summary>
    public TimeSpan Spend(Action work)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            work();
        }
        finally
        {
            Spent += clock.Elapsed;
        }

        return clock.Elapsed;
    }
}
