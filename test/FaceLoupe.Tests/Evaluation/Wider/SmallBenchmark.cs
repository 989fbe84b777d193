using static FaceLoupe.Tests.Evaluation.Matlab.MatlabWriter;

namespace FaceLoupe.Tests.Evaluation.Wider;

/// <summary>
/// A ground truth of our own making in the benchmark's format: two events, three images, the last one without faces.
/// Easy keeps only the first face; medium the faces of the first image; hard all.
/// </summary>
internal static class SmallBenchmark
{
    public const string First = "0--Parade/a";
    public const string Second = "0--Parade/b.c";
    public const string Empty = "1--Meeting/d";

    public static IReadOnlyList<(string Name, byte[] Bytes)> Files { get; } =
    [
        ("wider_face_val.mat", MatFile(
            true,
            Variable("event_list", Cells(Text("0--Parade"), Text("1--Meeting"))),
            Variable("file_list", Cells(Cells(Text("a"), Text("b.c")), Cells(Text("d")))),
            Variable("face_bbx_list", Cells(
                Cells(Numbers(4, 0, 0, 9, 9, 50, 0, 9, 9), Numbers(4, 10, 10, 19, 19)), Cells(Numbers(0)))))),
        ("wider_easy_val.mat", Setting(Numbers(1, 1), Numbers(0))),
        ("wider_medium_val.mat", Setting(Numbers(1, 1, 2), Numbers(0))),
        ("wider_hard_val.mat", Setting(Numbers(1, 1, 2), Numbers(1, 1))),
    ];

    public static void WriteTo(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, bytes) in Files)
        {
            File.WriteAllBytes(Path.Combine(folder, name), bytes);
        }
    }

    private static byte[] Setting(Func<string, byte[]> first, Func<string, byte[]> second) =>
        MatFile(false, Variable("gt_list", Cells(Cells(first, second), Cells(Nothing))));
}
