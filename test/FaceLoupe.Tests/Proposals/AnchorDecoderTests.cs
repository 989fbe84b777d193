using CsCheck;
using FaceLoupe.Geometry;
using FaceLoupe.Models;
using FaceLoupe.Proposals;

namespace FaceLoupe.Tests.Proposals;

public class AnchorDecoderTests
{
    [Fact]
    public void anchors_are_squares_about_the_centres_of_cells() =>
        Decoder(8, 12).Anchor(anchor: 0, row: 2, column: 5).ShouldBe(new Box(38, 14, 12, 12));

    [Fact]
    public void channels_of_deltas_belong_to_their_anchor_in_turn()
    {
        // Two anchors, one row of three cells; only the second anchor at the last cell is confident.
        float[] logits = [-9, -9, -9, -9, -9, 3];
        var deltas = new float[2 * 4 * 3];
        deltas[(((1 * 4) + 0) * 3) + 2] = 1; // tx: a tenth of the width
        deltas[(((1 * 4) + 3) * 3) + 2] = 5 * MathF.Log(2); // th: twice the height
        var found = new List<Proposal>();

        Decoder(4, 8, 20).Decode(logits, deltas, rows: 1, columns: 3, minLogit: 0, found);

        var proposal = found.ShouldHaveSingleItem();
        proposal.Logit.ShouldBe(3);
        proposal.Box.ShouldBeNear(Box.FromCenter(10 + 2, 2, 20, 40), 1e-4f);
    }

    [Fact]
    public void the_threshold_belongs_to_what_is_kept_and_nonsense_does_not()
    {
        var found = new List<Proposal>();
        float[] logits = [1, 0.999f, float.NaN, 2];
        var deltas = new float[16];
        deltas[3] = float.NaN;

        Decoder(4, 8).Decode(logits, deltas, 2, 2, 1, found);

        found.ShouldHaveSingleItem().Logit.ShouldBe(1);
    }

    [Fact]
    public void it_agrees_with_a_naive_twin() =>
        Gen.Select(Gen.Int[1, 3], Gen.Int[1, 5], Gen.Int[1, 6], Gen.Int[0, 1_000_000])
            .Sample((anchors, rows, columns, seed) =>
        {
            var random = new Random(seed);
            var sizes = Enumerable.Range(0, anchors).Select(_ => 4 + (20 * random.NextSingle())).ToArray();
            var logits = Values(random, anchors * rows * columns);
            var deltas = Values(random, 4 * anchors * rows * columns);
            var found = new List<Proposal>();
            Decoder(16, sizes).Decode(logits, deltas, rows, columns, 0.3f, found);

            found.ShouldBe(Naive(16, sizes, logits, deltas, rows, columns, 0.3f));
        }, iter: 200);

    private static IEnumerable<Proposal> Naive(
        int stride, float[] sizes, float[] logits, float[] deltas, int rows, int columns, float minLogit)
    {
        for (var a = 0; a < sizes.Length; a++)
        {
            for (var i = 0; i < rows; i++)
            {
                for (var j = 0; j < columns; j++)
                {
                    float Delta(int k) => deltas[(((((a * 4) + k) * rows) + i) * columns) + j];
                    var logit = logits[(((a * rows) + i) * columns) + j];
                    if (logit >= minLogit)
                    {
                        var anchor = Box.FromCenter((j + 0.5f) * stride, (i + 0.5f) * stride, sizes[a], sizes[a]);
                        yield return new Proposal(
                            new BoxDelta(Delta(0), Delta(1), Delta(2), Delta(3)).Decode(anchor), logit);
                    }
                }
            }
        }
    }

    private static float[] Values(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextSingle()) - 1)];

    private static AnchorDecoder Decoder(int stride, params float[] sizes) =>
        new(new BranchSection { Stride = stride, AnchorSizes = sizes, Scores = "s", Deltas = "d" });
}
