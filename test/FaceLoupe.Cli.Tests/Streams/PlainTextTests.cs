using FaceLoupe.Cli.Streams;
using FaceLoupe.Cli.Terminal;
using FaceLoupe.Cli.Tests.Detection;
using FaceLoupe.Tests;

namespace FaceLoupe.Cli.Tests.Streams;

/// <summary>File names cannot control a terminal.</summary>
public sealed class PlainTextTests
{
    // Clears the screen, starts a new line, reverses the direction: "photo[RLO]gpj.exe" reads as photoexe.jpg.
    private const string Hostile = "a\u001b[2J\u009b31m\nfaceloupe: all well\r\u0007\u202egpj\u2066\u2028\u200f.png";

    [Theory]
    [InlineData("crowd.png", "crowd.png")]
    [InlineData("Ünïcode 写真 ❤.png", "Ünïcode 写真 ❤.png")]
    [InlineData("\u001b[31m", @"\u001B[31m")]
    [InlineData("\u009b31m", @"\u009B31m")]
    [InlineData("a\nb\rc\0", @"a\nb\rc\u0000")]
    [InlineData("\u202e\u2066\u200f\u061c\ufeff", @"\u202E\u2066\u200F\u061C\uFEFF")]
    [InlineData("\u2028\u2029\u0085", @"\u2028\u2029\u0085")]
    [InlineData("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧")]
    [InlineData("x\udb40\udc67y", @"x\U000E0067y")]
    public void what_is_no_letter_is_written_as_its_code(string text, string plain) =>
        PlainText.Line(text).ShouldBe(plain);

    [Fact]
    public void half_of_a_pair_is_no_letter() => PlainText.Line("a" + '\ud83d' + "b").ShouldBe(@"a\uD83Db");

    [Fact]
    public void lines_stay_where_there_are_several() =>
        PlainText.Lines("a\n\u001bb\r\nc\u2028").ShouldBe("a\n\\u001Bb\r\nc\\u2028");

    [Fact]
    public void names_in_messages_and_results_for_a_terminal_are_plain()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such file names.");
        using var scenes = new DetectScenes();
        var picture = scenes.Save("a.png");
        var bad = Path.Combine(Path.GetDirectoryName(picture)!, Hostile);
        var good = Path.Combine(Path.GetDirectoryName(picture)!, "good" + Hostile);
        File.WriteAllText(bad, "no image");
        File.Move(picture, good);

        var call = CliCall.Run("detect", bad, good, "--model", TinyModel.Folder);

        call.ExitCode.ShouldBe(1);
        ShouldBePlain(call.Error);
        call.Error.ShouldContain(@"\u001B[2J");
        call.Error.Split('\n').ShouldNotContain(
            line => line.StartsWith("faceloupe: all well", StringComparison.Ordinal));
        call.Json.GetProperty("images")[0].GetProperty("image").GetString().ShouldBe(good); // results are exact

        using var shown = new StringWriter { NewLine = "\n" };
        using var terminal = new ResultWriter(shown, terminal: true);
        terminal.Write(call.Output);
        terminal.WriteLine(Hostile);
        ShouldBePlain(shown.ToString());
    }

    private static void ShouldBePlain(string text) =>
        text.ShouldNotContain(letter => letter != '\n' && letter != '\r'
            && (char.IsControl(letter) || "\u202e\u2066\u2028\u200f".Contains(letter)));
}
