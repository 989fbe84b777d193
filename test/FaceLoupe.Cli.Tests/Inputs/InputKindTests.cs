using System.Text;
using FaceLoupe.Cli.Inputs;
using FaceLoupe.Cli.Tests.Detection;

namespace FaceLoupe.Cli.Tests.Inputs;

public sealed class InputKindTests : IDisposable
{
    private readonly DetectScenes _scenes = new();

    public void Dispose() => _scenes.Dispose();

    [Theory]
    [InlineData("clip.ts", 0, 188, true)]
    [InlineData("CLIP.MTS", 4, 196, true)] // packets of a camera, each behind its time
    [InlineData("page.ts", 0, 187, null)]
    [InlineData("module.mts", 4, 188, null)]
    [InlineData("clip.mp4", 0, 1, true)]
    [InlineData("page.tsx", 0, 188, null)]
    public void type_script_is_no_video(string name, int first, int second, bool? isVideo)
    {
        var bytes = new byte[400];
        bytes[first] = bytes[second] = 0x47;
        KindOf(name, bytes).ShouldBe(isVideo);
        KindOf(name, [0x47]).ShouldBe(name == "clip.mp4" ? true : null);
    }

    [Theory]
    [InlineData("\u00ff\u00d8\u00ff\u00e0", false)]
    [InlineData("RIFF....WEBPVP8 ", false)]
    [InlineData("GIF89a", false)]
    [InlineData("BM\u0036\0\0\0\0\0\0\0\u0036\0\0\0\u0028\0\0\0", false)]
    [InlineData("II*\0\b\0\0\0", false)]
    [InlineData("MM\0*\0\0\0\b", false)]
    [InlineData("\0\0\0\u0018ftypheic\0\0\0\0", false)]
    [InlineData("\0\0\0\u001cftypmif1\0\0\0\0avifmiaf", false)]
    [InlineData("\0\0\0\u0018ftypcrx \0\0\0\0", false)]
    [InlineData("\0\0\0\fJXL \r\n\u0087\n", false)]
    [InlineData("\0\0\0\fjP  \r\n\u0087\n", false)]
    [InlineData("FOVb\0\0\u0003\0", false)]
    [InlineData("\0MRM\0\0\0\0", false)]
    [InlineData("II\u001a\0\0\0HEAPCCDR", false)]
    [InlineData("8BPS\0\u0001", false)]
    [InlineData("\0\0\0\u0018ftypisom\0\0\0\0", true)]
    [InlineData("\0\0\0\u0014ftypqt  \0\0\0\0", true)]
    [InlineData("\u001aE\u00df\u00a3", true)]
    [InlineData("RIFF....AVI LIST", true)]
    [InlineData("\0\0\u0001\u00ba", true)]
    [InlineData("RIFF....WAVEfmt ", null)]
    [InlineData("\0\0\0\u0018ftypM4A \0\0\0\0", null)]
    [InlineData("BMs are motor cars of a kind", null)]
    [InlineData("a letter", null)]
    [InlineData("%PDF-1.7", null)]
    [InlineData("", null)]
    public void content_decides_and_not_the_ending(string content, bool? isVideo)
    {
        foreach (var name in (string[])["file", "file.dat", "file.jpg.bak"])
        {
            KindOf(name, Encoding.Latin1.GetBytes(content)).ShouldBe(isVideo);
        }

        if (isVideo is not null)
        {
            KindOf("file.jpg", Encoding.Latin1.GetBytes(content)).ShouldBe(isVideo);
            KindOf("file.mp4", Encoding.Latin1.GetBytes(content)).ShouldBe(isVideo);
        }
    }

    [Theory]
    [InlineData("a.jfif", false)]
    [InlineData("a.HEIC", false)]
    [InlineData("a.dng", false)]
    [InlineData("a.mkv", true)]
    [InlineData("a.txt", null)]
    public void where_content_says_nothing_the_ending_does(string name, bool? isVideo) =>
        KindOf(name, "nothing known"u8.ToArray()).ShouldBe(isVideo);

    private bool? KindOf(string name, byte[] content)
    {
        File.WriteAllBytes(_scenes.PathOf(name), content);
        return InputKind.IsVideo(_scenes.PathOf(name));
    }
}
