using FaceLoupe.Imaging;
using FaceLoupe.Storage;
using FaceLoupe.Tests;

namespace FaceLoupe.Cli.Tests.Blurring;

/// <summary>Copies that take the place of their originals, or whose originals are reached by links.</summary>
public sealed class BlurInPlaceTests : BlurScenes
{
    private static readonly string Cells =
        RepositoryRoot.Combine("test", "FaceLoupe.Tests", "Imaging", "Reference", "cells.bmp");

    [Fact]
    public void an_original_is_told_though_a_link_leads_to_its_folder()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows lets only administrators make links.");
        Save("in/a.png");
        File.Copy(Cells, PathOf("in/b.bmp"));
        Directory.CreateSymbolicLink(PathOf("link"), PathOf("in"));

        var call = Blur(PathOf("in"), "--out", PathOf("link"), "--overwrite");

        call.ExitCode.ShouldBe(1, call.Error);
        call.Faults.ShouldHaveSingleItem().ShouldContain("b.bmp: was not replaced and still shows its faces");
    }

    [Fact]
    public void the_file_that_a_replaced_link_led_to_is_told()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows lets only administrators make links.");
        var original = Save("store.png");
        Directory.CreateDirectory(PathOf("in"));
        File.CreateSymbolicLink(PathOf("in/a.png"), original);
        var before = File.ReadAllBytes(original);

        var call = Blur(PathOf("in"), "--out", PathOf("in"), "--overwrite");

        call.ExitCode.ShouldBe(1, call.Error);
        call.Faults.ShouldHaveSingleItem().ShouldContain(
            $"a.png: was a link to {RealPath.Of(original)}, which still shows its faces");
        File.ReadAllBytes(original).ShouldBe(before);
    }

    [Fact]
    public void the_review_of_a_replaced_file_is_that_of_its_original()
    {
        var picture = Save("in/a.png");
        var hash = Reviewing.Corrections.HashOf(picture);

        Blur(PathOf("in"), "--out", PathOf("in"), "--overwrite", "--review", PathOf("r.html")).ExitCode.ShouldBe(0);

        Reviewing.Corrections.HashOf(picture).ShouldNotBe(hash);
        File.ReadAllText(PathOf("r.html")).ShouldContain(hash);
    }

    [Fact]
    public void a_file_that_appears_meanwhile_is_kept()
    {
        File.WriteAllText(PathOf("new.tmp"), "masked");
        File.WriteAllText(PathOf("a.png"), "precious");

        Should.Throw<FaceLoupeException>(() => AtomicFile.Name(PathOf("new.tmp"), PathOf("a.png"), replaces: false))
            .Message.ShouldContain("a.png: appeared while this was working");
        Should.Throw<FaceLoupeException>(() => AtomicFile.Write(PathOf("a.png"), stream => stream.WriteByte(0), false))
            .Message.ShouldContain("a.png: appeared while this was working");

        File.ReadAllText(PathOf("a.png")).ShouldBe("precious");
        Directory.GetFiles(PathOf(""), ".*").ShouldBeEmpty();
    }

    [Fact]
    public void without_an_audit_no_copy_is_taken_for_that_of_another_input_of_its_name()
    {
        Directory.CreateDirectory(PathOf("in"));
        File.Copy(Cells, PathOf("in/a.bmp"));
        Blur(PathOf("in"), "--out", PathOf("out")).ExitCode.ShouldBe(0);
        Save("in/a.png");

        var call = Blur(PathOf("in"), "--out", PathOf("out"), "--resume");

        // out/a.png shows the cells; which of the two it is a copy of, nothing tells.
        call.ExitCode.ShouldBe(1, call.Error);
        call.Faults.ShouldHaveSingleItem().ShouldContain("a.png already exists and may be the copy of another input");
        Names("out").ShouldBe(["a-2.png", "a.png"]);
        PictureFile.Read(PathOf("out/a-2.png")).Width.ShouldBe(48);
    }

    [Fact]
    public void a_copy_that_keeps_its_name_comes_before_one_of_another_format()
    {
        Directory.CreateDirectory(PathOf("in"));
        File.Copy(Cells, PathOf("in/a.bmp"));
        Save("in/a.png");

        Blur(PathOf("in"), "--out", PathOf("out")).ExitCode.ShouldBe(0);

        PictureFile.Read(PathOf("out/a.png")).Width.ShouldBe(100);
        PictureFile.Read(PathOf("out/a-2.png")).Width.ShouldBe(48);
    }

    [Fact]
    public void a_copy_with_a_number_is_not_taken_for_that_of_an_input_of_its_name()
    {
        Save("in/a.png");
        File.Copy(Cells, PathOf("in/a.bmp"));
        Blur(PathOf("in"), "--out", PathOf("out")).ExitCode.ShouldBe(0);
        Save("in/a-2.png");
        Save("in/b.png");
        File.Copy(PathOf("in/b.png"), PathOf("out/b.png"));

        var call = Blur(PathOf("in"), "--out", PathOf("out"), "--resume");

        // The cells, whose copy had that number, get the next one.
        call.ExitCode.ShouldBe(1, call.Error);
        call.Faults.Select(fault => fault.Split(": ")[1]).ShouldBe([PathOf("in/a-2.png"), PathOf("in/a.png")]);
        call.Error.ShouldContain("1 file finished by an earlier run");
    }

    [Theory]
    [InlineData("a.jpg", "a.png")]
    [InlineData("a.png", "a.mov")]
    public void names_that_differ_in_what_their_copies_keep_are_not_contested(string one, string other)
    {
        var header = new Anonymising.AuditHeader(
            "p", "m", [], new(0.5f, null), new Anonymising.MaskOptions(), 5, DateTimeOffset.UnixEpoch);
        var earlier = FaceLoupe.Cli.Blurring.BlurResume.Of(
            null,
            header,
            [new(one, one, IsVideo: false), new(other, other, other.EndsWith("mov", StringComparison.Ordinal))]);

        earlier.IsContested(one).ShouldBeFalse();
        earlier.IsContested(other).ShouldBeFalse();
    }

    [Fact]
    public void a_run_goes_on_with_the_same_care()
    {
        Save("in/a.png");
        CliCall Again(string audit, params string[] more) => Blur(
            [PathOf("in"), "--out", PathOf("out-" + audit), "--audit", PathOf(audit), "--resume", .. more]);
        Again("plain.jsonl").ExitCode.ShouldBe(0);
        Again("verified.jsonl", "--verify").ExitCode.ShouldBe(0);
        Again("allowed.jsonl", "--allow-damaged").ExitCode.ShouldBe(0);

        Again("plain.jsonl", "--verify").ShouldBeRefused("the earlier run had verify none, but this one has true");
        Again("verified.jsonl").ShouldBeRefused("the earlier run had verify true, but this one has none");
        Again("allowed.jsonl").ShouldBeRefused("the earlier run had allowDamaged true, but this one has none");
        Again("verified.jsonl", "--verify").ExitCode.ShouldBe(0);

        // What was refused as damaged may be masked as far as it shows.
        Again("plain.jsonl", "--allow-damaged").ExitCode.ShouldBe(0);
        Audit("plain.jsonl")[0].GetProperty("allowDamaged").GetBoolean().ShouldBeTrue();
    }
}
