using System.Diagnostics;
using System.Security.Cryptography;
using FaceLoupe.Tests.Hostile;

namespace FaceLoupe.Fuzz;

/// <summary>
/// A round led by coverage: what reaches a new branch is changed further, and kept in the corpus. The same corpus and
/// the same number of runs give the same round.
/// </summary>
/// <param name="corpus">The folder of all corpora.</param>
/// <param name="output">Where figures go.</param>
internal sealed class GuidedRound(string corpus, TextWriter output)
{
    private const int LargestSaved = 4_096;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    /// <summary>Fuzzes one parser.</summary>
    /// <param name="targets">The parsers.</param>
    /// <param name="name">Which.</param>
    /// <param name="time">How long.</param>
    /// <returns>Whether it stood.</returns>
    public bool Run(FuzzTargets targets, string name, TimeSpan time)
    {
        var coverage = new Coverage();
        List<byte[]> files = [.. FuzzTargets.Corpus(corpus, name)];
        foreach (var file in files)
        {
            Coverage.Begin();
            targets.Run(name, file);
            coverage.IsNew(out _);
        }

        if (coverage.Branches == 0)
        {
            throw new InvalidOperationException("Nothing was instrumented; use eng/fuzz.");
        }

        var (begun, saved, runs) = (coverage.Branches, 0, 0);
        var clock = Stopwatch.StartNew();
        for (; clock.Elapsed < time; runs++)
        {
            var file = new Mutations(runs).Change(files);
            var start = clock.Elapsed;
            Coverage.Begin();
            try
            {
                targets.Run(name, file);
            }
            catch (Exception fault)
            {
                output.WriteLine($"{name}: run {runs}: {fault}\n{Keep("faults-" + name, file)} has the file.");
                return false;
            }

            if (clock.Elapsed - start > Deadline)
            {
                output.WriteLine(
                    $"{name}: run {runs} took {clock.Elapsed - start}. {Keep("faults-" + name, file)} has the file.");
                return false;
            }

            if (coverage.IsNew(out var branch))
            {
                files.Add(file);
                if (branch && file.Length <= LargestSaved)
                {
                    Keep(name, file);
                    saved++;
                }
            }
        }

        output.WriteLine(FormattableString.Invariant(
            $"{name}: {runs} runs, {begun} branches at first, {coverage.Branches} at last, {saved} files saved"));
        return true;
    }

    private string Keep(string folder, byte[] file)
    {
        var path = Path.Combine(corpus, folder, Convert.ToHexStringLower(SHA256.HashData(file))[..12]);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, file);
        return path;
    }
}
