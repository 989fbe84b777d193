using System.Text.RegularExpressions;

namespace FaceLoupe.Tests;

/// <summary>
/// What eng/native-assets leaves of the native libraries, as the dependency file of these tests tells it: the output
/// folder may still hold what an older build put there.
/// </summary>
public partial class NativeAssetsTests
{
    private static readonly string[] Assets =
    [
        .. Asset().Matches(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "FaceLoupe.Tests.deps.json")))
            .Select(match => match.Groups[1].Value),
    ];

    [Fact]
    public void native_libraries_are_those_of_desktops() => Assets.Select(asset => asset.Split('/')[0]).Distinct()
        .ShouldBeSubsetOf(["linux-x64", "linux-arm64", "osx", "osx-x64", "osx-arm64", "win", "win-x64", "win-arm64"]);

    [Theory]
    [InlineData("linux-x64/native/libonnxruntime.so")]
    [InlineData("linux-arm64/native/libonnxruntime.so")]
    [InlineData("osx-arm64/native/libonnxruntime.dylib")]
    [InlineData("win-x64/native/onnxruntime.dll")]
    [InlineData("linux-x64/native/libSkiaSharp.so")]
    [InlineData("osx/native/libSkiaSharp.dylib")]
    [InlineData("win-arm64/native/libSkiaSharp.dll")]
    public void both_libraries_are_there_for_each_of_them(string asset)
    {
        Assets.ShouldContain(asset);
        File.Exists(Path.Combine(AppContext.BaseDirectory, "runtimes", asset)).ShouldBeTrue();
    }

    [Fact]
    public void symbols_for_debuggers_do_not_travel() => Assets.ShouldNotContain(asset => asset.EndsWith(".pdb"));

    [GeneratedRegex("\"runtimes/([^\"]+)\"")]
    private static partial Regex Asset();
}
