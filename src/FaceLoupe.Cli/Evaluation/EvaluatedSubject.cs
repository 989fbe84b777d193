using FaceLoupe.Evaluation;

namespace FaceLoupe.Cli.Evaluation;

/// <summary>What was measured and how it did.</summary>
/// <param name="Name">Short name: <c>stage 1</c>, <c>both stages</c>, <c>predictions</c>.</param>
/// <param name="Regime">One line that says how the boxes came about.</param>
/// <param name="Threshold">Score at which false alarms were counted, as users give it.</param>
/// <param name="Evaluation">The figures.</param>
/// <param name="Faults">What was missing or unreadable, one line each.</param>
internal sealed record EvaluatedSubject(
    string Name, string Regime, double Threshold, BoxEvaluation Evaluation, IReadOnlyList<string> Faults);
