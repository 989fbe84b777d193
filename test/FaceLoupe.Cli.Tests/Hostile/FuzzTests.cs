using FaceLoupe.Fuzz;
using FaceLoupe.Tests;
using FaceLoupe.Tests.Hostile;

namespace FaceLoupe.Cli.Tests.Hostile;

/// <summary>
/// A bounded round over the saved files of each parser: faults are FaceLoupeExceptions of one line. The changes are the
/// same in each run; the variable FACELOUPE_FUZZ sets another number than 1,500.
/// </summary>
public sealed class FuzzTests : IDisposable
{
    private static readonly string Folder = RepositoryRoot.Combine("fuzz", "corpus");

    private readonly FuzzTargets _targets = new();

    public static TheoryData<string> Names
    {
        get
        {
            using var targets = new FuzzTargets();
            return [.. targets.Names];
        }
    }

    private static int Count =>
        int.TryParse(Environment.GetEnvironmentVariable("FACELOUPE_FUZZ"), out var count) ? count : 1_500;

    public void Dispose() => _targets.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void changed_files_are_read_or_refused_in_one_line(string parser)
    {
        var corpus = FuzzTargets.Corpus(Folder, parser);
        for (var file = 0; file < corpus.Length; file++)
        {
            Run(parser, corpus[file], FormattableString.Invariant($"saved file {file}"));
        }

        for (var seed = 0; seed < Count; seed++)
        {
            Run(parser, new Mutations(seed).Change(corpus), FormattableString.Invariant($"seed {seed}"));
        }
    }

    [Fact]
    public void every_folder_of_the_corpus_has_its_parser() => Directory.GetDirectories(Folder).Select(Path.GetFileName)
        .Where(name => !name!.StartsWith("faults-", StringComparison.Ordinal)).ShouldBe(
            _targets.Names, ignoreOrder: true);

    private void Run(string parser, byte[] file, string which)
    {
        try
        {
            _targets.Run(parser, file);
        }
        catch (Exception fault)
        {
            Assert.Fail($"{parser}, {which}: {fault}");
        }
    }
}
