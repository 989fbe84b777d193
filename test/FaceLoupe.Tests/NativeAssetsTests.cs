namespace FaceLoupe.Tests;

/// <summary>What eng/native-assets leaves in an output; these tests look at their own.</summary>
public class NativeAssetsTests
{
    private static readonly string Runtimes = Path.Combine(AppContext.BaseDirectory, "runtimes");

    [Fact]
    public void native_libraries_are_those_of_desktops() => Directory.GetDirectories(Runtimes).Select(Path.GetFileName).ShouldBeSubsetOf(
        ["linux-x64", "linux-arm64", "osx", "osx-x64", "osx-arm64", "win", "win-x64", "win-arm64"]);

    [Theory]
    [InlineData("linux-x64", "libonnxruntime.so")]
    [InlineData("linux-arm64", "libonnxruntime.so")]
    [InlineData("osx-arm64", "libonnxruntime.dylib")]
    [InlineData("win-x64", "onnxruntime.dll")]
    [InlineData("linux-x64", "libSkiaSharp.so")]
    [InlineData("osx", "libSkiaSharp.dylib")]
    [InlineData("win-arm64", "libSkiaSharp.dll")]
    public void both_libraries_are_there_for_each_of_them(string platform, string file) =>
        File.Exists(Path.Combine(Runtimes, platform, "native", file)).ShouldBeTrue();

    [Fact]
    public void symbols_for_debuggers_do_not_travel() =>
        Directory.GetFiles(Runtimes, "*.pdb", SearchOption.AllDirectories).ShouldBeEmpty();
}
