using CsCheck;
using FaceLoupe.Evaluation.Matlab;
using static FaceLoupe.Tests.Evaluation.Matlab.MatlabWriter;

namespace FaceLoupe.Tests.Evaluation.Matlab;

public class MatlabFileTests
{
    private static byte[] Sample(bool compressed) => MatFile(
        compressed,
        Variable("numbers", Numbers(2, 1, 2.5, -3, double.NaN, 5, 6)),
        Variable("abc", SmallNumbers(7, 8, 9)),
        Variable("name", Text("0--Parade é")),
        Variable("cells", Cells(Text("a"), Cells(Numbers(1, 4), Nothing), Numbers(0))),
        Variable("thing", Structure(("one", Text("x")), ("other", Numbers(1, 1)))));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Numbers_texts_cells_and_structures_are_read(bool compressed)
    {
        var file = MatlabFile.Parse(Sample(compressed), "f.mat");

        file.Names.ShouldBe(["numbers", "abc", "name", "cells", "thing"]);
        var numbers = file.Get<MatlabNumbers>("numbers");
        (numbers.Rows, numbers.Columns).ShouldBe((3, 2));
        (numbers[0, 0], numbers[0, 1], numbers[1, 0], numbers[1, 1],
            numbers[2, 1]).ShouldBe((1, 2.5, -3, double.NaN, 6));
        file.Get<MatlabNumbers>("abc").Values.ShouldBe([7, 8, 9]);
        file.Get<MatlabText>("name").Value.ShouldBe("0--Parade é");

        var cells = file.Get<MatlabCells>("cells").Values;
        cells[0].ShouldBeOfType<MatlabText>().Value.ShouldBe("a");
        var inner = cells[1].ShouldBeOfType<MatlabCells>().Values;
        inner[0].ShouldBeOfType<MatlabNumbers>().Values.ShouldBe([4]);
        inner[1].ShouldBeOfType<MatlabNumbers>().Values.ShouldBeEmpty();
        cells[2].ShouldBeOfType<MatlabNumbers>().Values.ShouldBeEmpty();
        file.Get<MatlabStructure>("thing").Fields["one"]
            .ShouldHaveSingleItem().ShouldBeOfType<MatlabText>().Value.ShouldBe("x");
    }

    [Fact]
    public void A_missing_variable_or_one_of_another_kind_is_named()
    {
        var file = MatlabFile.Parse(Sample(true), "f.mat");
        Should.Throw<FaceLoupeException>(() => file.Get<MatlabCells>("gt_list")).Message.ShouldBe(
            "f.mat: holds no variable 'gt_list' of the expected type; holds numbers, abc, name, cells, thing.");
        Should.Throw<FaceLoupeException>(() => file.Get<MatlabCells>("abc"));
    }

    [Fact]
    public void Another_format_is_refused()
    {
        Should.Throw<FaceLoupeException>(
            () => MatlabFile.Parse(new byte[500], "f.mat")).Message.ShouldStartWith("f.mat: not a little-endian MAT");
        Should.Throw<FaceLoupeException>(() => MatlabFile.Parse(Array.Empty<byte>(), "f.mat"));
        Should.Throw<FaceLoupeException>(
            () => MatlabFile.Read("/nowhere/f.mat")).Message.ShouldStartWith("/nowhere/f.mat: ");
    }

    [Fact]
    public void Wherever_a_file_is_cut_the_fault_is_reported_in_one_line()
    {
        var plain = Sample(false);
        for (var length = 129; length < plain.Length; length += 3)
        {
            // A cut between two variables leaves a whole file.
            Tolerating(() => MatlabFile.Parse(plain.AsMemory(0, length), "f.mat"));
        }

        var compressed = Sample(true);
        for (var length = 129; length < compressed.Length; length++)
        {
            Tolerating(() => MatlabFile.Parse(compressed.AsMemory(0, length), "f.mat"));
        }
    }

    [Fact]
    public void What_zlib_itself_cannot_follow_is_damaged()
    {
        var bytes = Sample(true);
        bytes[Math.Min(515, bytes.Length - 1)] = 125;

        Should.Throw<FaceLoupeException>(() => MatlabFile.Parse(bytes, "f.mat")).Message.ShouldStartWith(
            "f.mat: the MATLAB file is damaged: ");
    }

    [Fact]
    public void Whatever_byte_is_wrong_nothing_but_our_own_fault_is_thrown() =>
        Gen.Select(Gen.Int[128, Sample(false).Length - 1], Gen.Byte, Gen.Bool).Sample((at, value, compressed) =>
        {
            var bytes = Sample(compressed);
            bytes[Math.Min(at, bytes.Length - 1)] = value;
            Tolerating(() => MatlabFile.Parse(bytes, "f.mat"));
        });

    private static void Tolerating(Action read)
    {
        try
        {
            read();
        }
        catch (FaceLoupeException fault)
        {
            fault.Message.ShouldStartWith("f.mat: ");
            fault.Message.ShouldNotContain('\n');
        }
    }
}
