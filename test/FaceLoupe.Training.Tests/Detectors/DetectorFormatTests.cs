using FaceLoupe.Geometry;
using FaceLoupe.Training.Detectors;

namespace FaceLoupe.Training.Tests.Detectors;

public class DetectorFormatTests
{
    private const int Side = 64;
    private const float Tolerance = 1e-3f;

    [Fact]
    public void scrfd_measures_the_edges_in_strides_from_the_corner_of_the_cell()
    {
        // Stride 16 has 4 columns and two anchors per cell: number 13 is the second anchor of row 1, column 2.
        var values = Levels(stride => [2 * Cells(stride), 8 * Cells(stride)]);
        var outputs = new[] { values[0], values[2], values[4], values[1], values[3], values[5] };
        outputs[1][13] = 0.9f;
        new[] { 1f, 0.5f, 1.5f, 2f }.CopyTo(outputs[4], 13 * 4);

        var box = new ScrfdFormat("images", Side, ["a", "b", "c", "d", "e", "f"]).Decode(outputs, Side, Side)
            .ShouldHaveSingleItem();

        ShouldBe(box.Box, Box.FromCorners(32 - 16, 16 - 8, 32 + 24, 16 + 32));
        box.Score.ShouldBe(0.9, 1e-6);
    }

    [Fact]
    public void yolo_scales_its_anchor_and_multiplies_objectness_by_class()
    {
        var outputs = Levels(stride => [3 * Cells(stride) * 16]);
        foreach (var head in outputs)
        {
            Array.Fill(head, -20);
        }

        // Stride 8 has 8 columns: anchor 1 (8x10), row 2, column 5. Logits of 0 keep the centre and the anchor's size.
        var at = ((1 * 64) + (2 * 8) + 5) * 16;
        outputs[0].AsSpan(at, 4).Clear();
        (outputs[0][at + 4], outputs[0][at + 15]) = (2, 0);

        var box = new YoloFaceFormat("data", Side).Decode(outputs, Side, Side).ShouldHaveSingleItem();

        ShouldBe(box.Box, Box.FromCenter(5.5f * 8, 2.5f * 8, 8, 10));
        box.Score.ShouldBe(0.5 / (1 + Math.Exp(-2)), 1e-5);
    }

    [Fact]
    public void yunet_takes_the_root_of_class_times_objectness()
    {
        var outputs = Levels(stride => [Cells(stride), Cells(stride), 4 * Cells(stride), 10 * Cells(stride)]);
        (outputs[8][3], outputs[9][3]) = (0.8f, 0.2f);
        new[] { 0.25f, 0.5f, 0, MathF.Log(2) }.CopyTo(outputs[10], 3 * 4);
        new[] { 0f, 0, 0.5f, 0, 0.25f, 0.25f, 0, 0.5f, 0.5f, 0.75f }.CopyTo(outputs[11], 3 * 10);

        var box = new YuNetFormat("input").Decode(outputs, Side, Side).ShouldHaveSingleItem();

        // Stride 32 has 2 columns: number 3 is row 1, column 1.
        ShouldBe(box.Box, Box.FromCenter(1.25f * 32, 1.5f * 32, 32, 64));
        box.Score.ShouldBe(0.4, 1e-6);
        box.Landmarks.ShouldBe(new FaceLandmarks(new(32, 32), new(48, 32), new(40, 40), new(32, 48), new(48, 56)));
    }

    [Fact]
    public void dbface_takes_the_peaks_of_its_map_only()
    {
        const int Columns = 16, Cells = Columns * Columns;
        float[] scores = new float[Cells], edges = new float[4 * Cells];
        (scores[(3 * Columns) + 7], scores[(3 * Columns) + 8], scores[(4 * Columns) + 8]) = (0.5f, 0.6f, 0.4f);
        for (var edge = 0; edge < 4; edge++)
        {
            edges[(edge * Cells) + (3 * Columns) + 8] = edge + 1;
        }

        // Twice the eighth of a cell times e, and beyond a quarter e to the power of four times the value.
        var points = new float[10 * Cells];
        points[(3 * Columns) + 8] = 0.125f; // x of the first point
        points[(5 * Cells) + (3 * Columns) + 8] = -0.5f; // its y, behind all x

        var box = new DbFaceFormat("inputs").Decode([scores, edges, points], Side, Side).ShouldHaveSingleItem();

        ShouldBe(box.Box, Box.FromCorners((8 - 1) * 4, (3 - 2) * 4, (8 + 3) * 4, (3 + 4) * 4));
        box.Landmarks!.LeftEye.X.ShouldBe((8 + (0.5f * MathF.E)) * 4, 1e-3f);
        box.Landmarks.LeftEye.Y.ShouldBe((3 - MathF.Exp(2)) * 4, 1e-3f);
        box.Landmarks.Nose.ShouldBe(new PicturePoint(32, 12));
    }

    [Theory]
    [InlineData(1f)]
    [InlineData(1.25f)]
    public void prior_boxes_are_shifted_by_a_tenth_and_scaled_by_a_fifth(float ratio)
    {
        const int Input = 128, Cells = (32 * 32) + (16 * 16) + (8 * 8) + (4 * 4) + (2 * 2) + 1;
        float[] conf = new float[2 * Cells], loc = new float[4 * Cells];

        // Stride 8 comes second and has 16 columns: row 1, column 3.
        var at = (32 * 32) + 16 + 3;
        conf[(2 * at) + 1] = 0.7f;
        new[] { 1f, -1, 5 * MathF.Log(2), 0 }.CopyTo(loc, 4 * at);

        var box = new PriorBoxFormat("any", 0.5f, "input", ratio).Decode([conf, loc], Input, Input)
            .ShouldHaveSingleItem();

        var height = 32 * ratio;
        ShouldBe(box.Box, Box.FromCenter(28 + 3.2f, 12 - (0.1f * height), 64, height));
    }

    [Fact]
    public void confidences_of_all_families_are_one_half_at_their_confident_scores()
    {
        var format = new YuNetFormat("input");
        format.Confidence(0).ShouldBe(0);
        format.Confidence(format.ConfidentScore).ShouldBe(0.5f, 1e-6);
        format.Confidence(1).ShouldBe(1);
        format.Confidence(format.ConfidentScore / 2).ShouldBe(0.25f, 1e-6);
    }

    private static int Cells(int stride) => Side / stride * (Side / stride);

    private static float[][] Levels(Func<int, int[]> lengths) =>
        [.. new[] { 8, 16, 32 }.SelectMany(lengths).Select(length => new float[length])];

    private static void ShouldBe(Box box, Box expected)
    {
        box.X.ShouldBe(expected.X, Tolerance);
        box.Y.ShouldBe(expected.Y, Tolerance);
        box.Width.ShouldBe(expected.Width, Tolerance);
        box.Height.ShouldBe(expected.Height, Tolerance);
    }
}
