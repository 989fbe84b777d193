using FaceLoupe.Geometry;
using FaceLoupe.Training.Losses;
using FaceLoupe.Training.Networks;
using FaceLoupe.Training.Samples;
using static FaceLoupe.Training.Tests.Losses.TensorValues;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Tests.Losses;

public sealed class ProposalLossTests
{
    private const float Easy = -100; // a background logit that costs nothing
    private static readonly double Ln2 = Math.Log(2);

    [Fact]
    public void the_hardest_negatives_are_kept_and_ignored_anchors_are_not()
    {
        // One face, one don't care that would cost 100, 18 background anchors of which the two easy ones are dropped.
        float[] logits = [0, 100, .. Enumerable.Repeat(0f, 16), Easy, Easy];
        float[] labels = [1, -1, .. Enumerable.Repeat(0f, 18)];

        Classification([logits], [labels]).ShouldBe(Ln2 + (3 * 16 * Ln2 / 16), 1e-5);
        logits[7] = 100;
        Classification([logits], [labels]).ShouldBe(Ln2 + (3 * ((15 * Ln2) + 100) / 16), 1e-4);
    }

    [Fact]
    public void likely_faces_are_not_negatives_where_boxes_are_missing()
    {
        float[] logits = [0, 3, .. Enumerable.Repeat(-1f, 16)];
        var truth = new AnchorTruth(tensor((float[])[1, .. new float[17]], [1, 18]), zeros(1, 18, 4));
        double Loss(float complete) => ProposalLoss.Of(
            [Output([logits])], truth with { Complete = tensor(new[] { complete }, [1, 1]) }, 3)
                .Values()["classification"];

        var confident = Math.Log(1 + Math.Exp(3)); // what the second anchor costs as background
        var weak = Math.Log(1 + Math.Exp(-1));
        Loss(1).ShouldBe(Ln2 + (3 * (confident + (15 * weak)) / 16), 1e-5);
        Loss(0).ShouldBe(Ln2 + (3 * weak), 1e-5);
    }

    [Fact]
    public void three_negatives_are_kept_for_each_face()
    {
        float[] logits = [.. Enumerable.Repeat(0f, 10 + 30), .. Enumerable.Repeat(-5f, 60)];
        float[] labels = [.. Enumerable.Repeat(1f, 10), .. Enumerable.Repeat(0f, 90)];

        Classification([logits], [labels]).ShouldBe(Ln2 + (3 * 30 * Ln2 / 30), 1e-5);
        Classification([logits], [labels], negativesPerPositive: 1.6).ShouldBe(Ln2 + (1.6 * 16 * Ln2 / 16), 1e-5);
    }

    [Fact]
    public void an_empty_picture_uses_the_quota_of_a_full_one()
    {
        float[] faces = [.. Enumerable.Repeat(0f, 20), .. Enumerable.Repeat(Easy, 40)];
        float[] empty = Enumerable.Repeat(0f, 60).ToArray();
        float[] labels = [.. Enumerable.Repeat(1f, 20), .. Enumerable.Repeat(0f, 40)];

        Classification([faces, empty], [labels, new float[60]]).ShouldBe(Ln2 + (3 * 60 * Ln2 / 60), 1e-5);
    }

    [Fact]
    public void a_batch_without_faces_has_a_loss_to_differentiate()
    {
        var output = Output([Enumerable.Repeat(0f, 20).ToArray()], requiresGrad: true);

        var loss = ProposalLoss.Of([output], new AnchorTruth(zeros(1, 20), zeros(1, 20, 4)), 3);
        loss.Total.backward();

        loss.Values()["classification"].ShouldBe(3 * Ln2, 1e-5);
        loss.Values()["regression"].ShouldBe(0);
        output.Deltas.grad.ShouldNotBeNull().abs().sum().Number().ShouldBe(0);
    }

    [Fact]
    public void deltas_are_averaged_over_faces_and_their_four_numbers()
    {
        var output = Output([[0, 0, 0]], requiresGrad: true);
        var truth = new AnchorTruth(tensor(new float[] { 1, 0, 1 }, [1, 3]), tensor(
            new float[] { 0.5f, 0, 0, 0, 7, 7, 7, 7, 0, 0, 2, -3 }, [1, 3, 4]));

        var loss = ProposalLoss.Of([output], truth, 3);
        loss.Total.backward();

        loss.Values()["regression"].ShouldBe((0.125 + 1.5 + 2.5) / 8, 1e-6);
        output.Deltas.grad.ShouldNotBeNull().select(3, 1).abs().sum().Number().ShouldBe(0);
    }

    [Fact]
    public void the_box_loss_is_added_with_its_weight_and_reported_without()
    {
        var truth = new AnchorTruth(ones(1, 1), tensor(new float[] { 2, 0, 0, 0 }, [1, 1, 4]));

        var loss = ProposalLoss.Of([Output([[0]])], truth, 3, regressionWeight: 4);

        loss.Values()["regression"].ShouldBe(1.5 / 4, 1e-6);
        loss.Total.Number().ShouldBe(loss.Values()["classification"] + 1.5, 1e-5);
    }

    [Fact]
    public void maps_are_flattened_in_the_order_of_the_anchor_matcher()
    {
        const int size = 32;
        var branches = TinyConfig.Proposals.Branches;
        var labels = new AnchorMatcher(branches, size, new AnchorMatchOptions())
            .Match([new Box(3, 5, 11, 12), new Box(9, 2, 21, 25)], []);
        labels.Labels.Count(label => label == 1).ShouldBeGreaterThan(2);

        // The maps of a network that is right everywhere, written by branch, anchor and cell, rows first.
        var outputs = new List<ProposalOutput>();
        var next = 0;
        foreach (var branch in branches)
        {
            var cells = size / branch.Stride;
            var anchors = branch.AnchorSizes.Count;
            var scores = new float[anchors, cells * cells];
            var deltas = new float[4 * anchors, cells * cells];
            for (var anchor = 0; anchor < anchors; anchor++)
            {
                for (var cell = 0; cell < cells * cells; cell++, next++)
                {
                    scores[anchor, cell] = labels.Labels[next] == 1 ? 100 : Easy;
                    for (var k = 0; k < 4; k++)
                    {
                        deltas[(4 * anchor) + k, cell] = labels.Deltas[(4 * next) + k];
                    }
                }
            }

            outputs.Add(new ProposalOutput(
                tensor(scores).reshape(1, anchors, cells, cells), tensor(deltas).reshape(
                    1, 4 * anchors, cells, cells)));
        }

        var truth = new AnchorTruth(
            tensor(labels.Labels, [1, labels.Labels.Length]), tensor(labels.Deltas, [1, labels.Labels.Length, 4]));
        var values = ProposalLoss.Of([.. outputs], truth, 3).Values();
        values["classification"].ShouldBe(0, 1e-6);
        values["regression"].ShouldBe(0, 1e-6);
        outputs[0].Deltas.copy_(outputs[0].Deltas.flip(3));
        ProposalLoss.Of([.. outputs], truth, 3).Values()["regression"].ShouldBeGreaterThan(0.01);
    }

    private static double Classification(float[][] logits, float[][] labels, double negativesPerPositive = 3)
    {
        var truth = new AnchorTruth(
            tensor(labels.SelectMany(row => row).ToArray(), [labels.Length, labels[0].Length]),
            zeros(labels.Length, labels[0].Length, 4));
        return ProposalLoss.Of([Output(logits)], truth, negativesPerPositive).Values()["classification"];
    }

    /// <summary>One branch of one anchor with a map of one row per image; shifts of 0.</summary>
    private static ProposalOutput Output(float[][] logits, bool requiresGrad = false)
    {
        long length = logits[0].Length;
        var scores = tensor(logits.SelectMany(row => row).ToArray(), [logits.Length, 1, 1, length]);
        var deltas = zeros(logits.Length, 4, 1, length);
        return requiresGrad
            ? new ProposalOutput(scores.requires_grad_(), deltas.requires_grad_())
            : new ProposalOutput(scores, deltas);
    }
}
