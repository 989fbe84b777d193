using FaceLoupe.Geometry;
using FaceLoupe.Scoring;
using FaceLoupe.Storage;

namespace FaceLoupe.Proposals;

/// <summary>Reads the text layout of WIDER FACE submissions.</summary>
internal static class RecordedProposalsText
{
    private const int Columns = 5;

    /// <summary>Reads all images of a file; boxes without an area are left out, the rest comes best first.</summary>
    public static IReadOnlyList<(string Name, IReadOnlyList<Proposal> Proposals)> Read(
        string path, RecordedScores scores)
    {
        try
        {
            return Parse(InputFile.ReadAllLines(path), path, scores);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new FaceLoupeException(
                $"{path}: recorded boxes cannot be read: {fault.Message.ReplaceLineEndings(" ")}", fault);
        }
    }

    /// <summary>Parses the lines of a file; <paramref name="path"/> appears in messages.</summary>
    public static IReadOnlyList<(string Name, IReadOnlyList<Proposal> Proposals)> Parse(
        IReadOnlyList<string> lines, string path, RecordedScores scores)
    {
        var row = scores == RecordedScores.Probability
            ? "'x y width height score' with a score from 0 to 1" : "'x y width height logit'";
        return
        [
            .. from picture in NamedRows.Parse(
                   lines, line => ParseBox(line, scores), (line, name) => new FaceLoupeException(
                       $"{path}: line {line + 1} should be {(name is null ? row : "the number of boxes")}."))
               select (picture.Name, Best(picture.Rows)),
        ];
    }

    private static IReadOnlyList<Proposal> Best(IEnumerable<Proposal> proposals) =>
        [.. proposals.Where(proposal => proposal.Box.IsValid).OrderByDescending(proposal => proposal.Logit)];

    private static Proposal? ParseBox(string line, RecordedScores scores)
    {
        var words = NumberRow.Words(line);
        if (words.Length < Columns || NumberRow.Parse(words.AsSpan(0, Columns)) is not { } numbers)
        {
            return null;
        }

        var score = (float)numbers[4];
        if (scores == RecordedScores.Probability)
        {
            if (score is < 0 or > 1)
            {
                return null;
            }

            score = Logistic.FiniteLogit(score);
        }

        return new Proposal(
            new Box((float)numbers[0], (float)numbers[1], (float)numbers[2], (float)numbers[3]), score);
    }
}
