using FaceLoupe.Cli.Archives;

namespace FaceLoupe.Cli.Tests.Archives;

public class BraceListTests
{
    [Theory]
    [InlineData("a.tar", "a.tar")]
    [InlineData("{00008..00010}.tar", "00008.tar,00009.tar,00010.tar")]
    [InlineData("t/{8..10}.tar", "t/8.tar,t/9.tar,t/10.tar")]
    [InlineData("{2..0}.tar", "2.tar,1.tar,0.tar")]
    [InlineData("{a,b$1}-{0..1}.tar", "a-0.tar,a-1.tar,b$1-0.tar,b$1-1.tar")]
    [InlineData("{}.tar", "{}.tar")]
    [InlineData("{one}.tar", "{one}.tar")]
    public void braces_stand_for_names(string text, string names) =>
        string.Join(',', BraceList.Expand(text)).ShouldBe(names);

    [Theory]
    [InlineData("{0..9999999}.tar")]
    [InlineData("{0..9999}{0..9999}.tar")]
    public void too_many_are_refused(string text) =>
        Should.Throw<FaceLoupeException>(() => BraceList.Expand(text)).Message.ShouldContain("more than 1000000 files");
}
