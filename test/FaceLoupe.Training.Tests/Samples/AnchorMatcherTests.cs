using CsCheck;
using FaceLoupe.Geometry;
using FaceLoupe.Training.Samples;

namespace FaceLoupe.Training.Tests.Samples;

public sealed class AnchorMatcherTests
{
    private const int Size = 64;
    private static readonly AnchorMatchOptions Options = new();
    private static readonly AnchorMatcher Matcher = new(TinyConfig.Proposals.Branches, Size, Options);
    private static readonly Box[] Anchors = AllAnchors();

    /// <summary>Boxes in and around the canvas, of 2 to 80 px.</summary>
    private static readonly Gen<Box[]> Boxes = Gen.Select(
        Gen.Float[-20, 70], Gen.Float[-20, 70], Gen.Float[2, 80], Gen.Float[2, 80],
        (x, y, width, height) => new Box(x, y, width, height))
        .Array[0, 5];

    [Fact]
    public void anchors_are_counted_by_branch() =>
        Matcher.Count.ShouldBe((3 * 16 * 16) + (2 * 8 * 8) + (4 * 4));

    [Fact]
    public void labels_equal_those_of_brute_force() =>
        Gen.Select(Boxes, Boxes).Sample(
            (faces, ignored) =>
            {
                var actual = Matcher.Match(faces, ignored);
                var expected = Naive(faces, ignored);
                return actual.Labels.SequenceEqual(expected.Labels) && actual.Deltas.SequenceEqual(expected.Deltas);
            },
            iter: 300);

    [Fact]
    public void an_anchor_on_a_face_is_that_face_unshifted()
    {
        var labels = Matcher.Match([new Box(8, 8, 12, 12)], []); // the second anchor of the cell about (14, 14)
        var anchor = (16 * 16) + (3 * 16) + 3;

        labels.Labels[anchor].ShouldBe(1);
        labels.Deltas[(4 * anchor)..((4 * anchor) + 4)].ShouldBe([0f, 0, 0, 0]);
    }

    [Fact]
    public void a_face_that_no_anchor_fits_gets_its_best_one()
    {
        var thin = new Box(20, 10, 8, 25); // an IoU of about 0.4 with the best square
        var best = Enumerable.Range(0, Anchors.Length).MaxBy(a => Overlap.IoU(Anchors[a], thin));
        Overlap.IoU(Anchors[best], thin).ShouldBeInRange(Options.BestAnchorIoU, Options.PositiveIoU - 0.01f);

        var labels = Matcher.Match([thin], []);

        Enumerable.Range(0, Anchors.Length).Where(a => labels.Labels[a] == 1).ShouldBe([best]);
    }

    [Fact]
    public void the_eye_of_a_cut_face_is_background_where_parts_are_learnt()
    {
        var region = new Box(0, 0, 60, 60);
        var eye = Enumerable.Range(0, Anchors.Length).First(
            a => Anchors[a].Width == 8 && Anchors[a].X > 20 && Anchors[a].Y > 20);
        var face = Enumerable.Range(0, Anchors.Length).MaxBy(a => Overlap.IoU(Anchors[a], region));
        var strict = new AnchorMatcher(TinyConfig.Proposals.Branches, Size, Options with { IgnoredPart = 0.4f });

        Matcher.Match([], [region]).Labels[eye].ShouldBe(-1);
        var labels = strict.Match([], [region]).Labels;

        labels[eye].ShouldBe(0);
        labels[face].ShouldBe(-1);
    }

    [Fact]
    public void a_face_too_small_for_every_anchor_stays_unlearnt() =>
        Matcher.Match([new Box(20, 20, 3, 3)], []).Labels.ShouldAllBe(label => label != 1);

    [Fact]
    public void anchors_in_an_ignored_place_are_neither_face_nor_background()
    {
        var region = new Box(0, 0, 40, 30);

        var labels = Matcher.Match([], [region]).Labels;

        for (var a = 0; a < Anchors.Length; a++)
        {
            labels[a].ShouldBe(IsWithin(Anchors[a], region) ? -1 : 0);
        }

        Matcher.Match([new Box(8, 8, 12, 12)], [region]).Labels.ShouldContain(1f);
    }

    /// <summary>The rules of the matcher in the plainest words, trying every anchor with every face.</summary>
    private static AnchorLabels Naive(Box[] faces, Box[] ignored)
    {
        var overlap = new float[Anchors.Length]; // with the face that an anchor belongs to so far
        var owner = new int[Anchors.Length];
        for (var f = 0; f < faces.Length; f++)
        {
            var ious = Anchors.Select(anchor => Overlap.IoU(anchor, faces[f])).ToArray();
            for (var a = 0; a < ious.Length; a++)
            {
                (overlap[a], owner[a]) = ious[a] > overlap[a] ? (ious[a], f) : (overlap[a], owner[a]);
            }

            var best = Array.IndexOf(ious, ious.Max());
            if (ious[best] > Options.BestAnchorIoU && owner[best] == f)
            {
                overlap[best] = Math.Max(overlap[best], Options.PositiveIoU);
            }
        }

        var labels = Enumerable.Range(0, Anchors.Length).Select(a =>
            overlap[a] >= Options.PositiveIoU ? 1f
            : overlap[a] >= Options.NegativeIoU || ignored.Any(region => IsWithin(Anchors[a], region)) ? -1
            : 0).ToArray();
        var deltas = Enumerable.Range(0, Anchors.Length).SelectMany(a =>
        {
            var delta = labels[a] == 1 ? BoxDelta.Encode(Anchors[a], faces[owner[a]]) : default;
            return new[] { delta.Tx, delta.Ty, delta.Tw, delta.Th };
        });
        return new AnchorLabels(labels, [.. deltas], []);
    }

    private static bool IsWithin(Box anchor, Box region) =>
        Overlap.Coverage(anchor, region) > 0.5f || Overlap.IoU(anchor, region) >= Options.NegativeIoU;

    private static Box[] AllAnchors() =>
    [
        .. from branch in TinyConfig.Proposals.Branches
           from size in branch.AnchorSizes
           from row in Enumerable.Range(0, Size / branch.Stride)
           from column in Enumerable.Range(0, Size / branch.Stride)
           select Box.FromCenter((column + 0.5f) * branch.Stride, (row + 0.5f) * branch.Stride, size, size),
    ];
}
