using System.CommandLine;
using FaceLoupe.Benchmarks;
using FaceLoupe.Benchmarks.Detection;

var root = new RootCommand("Measures how long FaceLoupe's parts take.")
{
    WiderEvaluationBenchmark.Command(),
    DetectBenchmark.Command(),
    ChildProcess.Command(),
};
return root.Parse(args).Invoke();
