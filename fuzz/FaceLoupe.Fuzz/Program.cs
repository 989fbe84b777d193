using System.Globalization;
using FaceLoupe.Fuzz;
using FaceLoupe.Tests;
using SharpFuzz;

// eng/fuzz calls this; fuzz/README.md says how.
switch (args)
{
    case ["instrument", var folder]:
        Instrumentation.Of(folder);
        return 0;
    case ["hostile", .. var numbers]:
        var arguments = Array.ConvertAll(numbers, text => int.Parse(text, CultureInfo.InvariantCulture));
        return new HostileRound(Console.Out).Run(
            arguments.ElementAtOrDefault(1), arguments.FirstOrDefault(10_000),
            arguments.ElementAtOrDefault(2) is var most and > 0 ? most : 4_000)
            ? 0 : 1;
    case ["guided", var corpus, var seconds, .. var names]:
    {
        Coverage.Enable();
        using var targets = new FuzzTargets();
        var round = new GuidedRound(corpus, Console.Out);
        var time = TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture));
        var stood = true;
        foreach (var name in names.Length > 0 ? names : [.. targets.Names])
        {
            stood &= round.Run(targets, name, time);
        }

        return stood ? 0 : 1;
    }

    case ["libfuzzer", var name, ..]:
    {
        using var targets = new FuzzTargets();
        Fuzzer.LibFuzzer.Run(file => targets.Run(name, file.ToArray()));
        return 0;
    }

    default:
        using (var targets = new FuzzTargets())
        {
            Console.Error.WriteLine(
                "FaceLoupe.Fuzz instrument FOLDER | hostile [COUNT [FIRST [MB]]] | guided CORPUS SECONDS [TARGET...] | "
                + $"libfuzzer TARGET; targets: {string.Join(' ', targets.Names)}");
        }

        return 2;
}
