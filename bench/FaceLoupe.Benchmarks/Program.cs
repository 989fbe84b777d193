using System.CommandLine;
using FaceLoupe.Benchmarks;

var root = new RootCommand(
    "Measures how long FaceLoupe's parts take, each on one core.") { WiderEvaluationBenchmark.Command() };
return root.Parse(args).Invoke();
