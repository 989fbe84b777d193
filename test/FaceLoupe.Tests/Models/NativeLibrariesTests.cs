using FaceLoupe.Models;
using SkiaSharp;

namespace FaceLoupe.Tests.Models;

public class NativeLibrariesTests
{
    [Fact]
    public void those_of_the_tests_are_there() => Should.NotThrow(NativeLibraries.Check);

    [Fact]
    public void one_that_is_missing_names_its_packages() =>
        Message(new TypeInitializationException("SKObject", new DllNotFoundException("Unable to load libX.\nTried: a")))
            .ShouldBe(
            "The native library of Skia for this platform is missing or of another version (Unable to load libX. "
            + $"Tried: a): refer to the package FaceLoupe.Native in the application, or to A.Package {SkiaVersion}.");

    // SkiaSharp 4.155 with the native half of 4.156, which is what "the newest of each package" gives.
    [Fact]
    public void one_of_another_version_says_which_versions_meet() =>
        Message(new TypeInitializationException("SKImageInfo", new TypeInitializationException("SkiaApi",
            new InvalidOperationException(
                "The version of the native library (156.0) is incompatible with this version."))))
            .ShouldContain(
                "of another version (The version of the native library (156.0) is incompatible with this version): ");

    [Fact]
    public void another_fault_stays_what_it_is() => Should.Throw<InvalidOperationException>(
        () => NativeLibraries.Load(
            "Skia", "A", typeof(SKImageInfo).Assembly, () => throw new InvalidOperationException()));

    // The version of the package that the tests refer to, as Directory.Packages.props has it.
    private static string SkiaVersion => File.ReadLines(RepositoryRoot.Combine("Directory.Packages.props"))
        .Select(line => line.Trim()).First(line => line.StartsWith("<SkiaSharpVersion>", StringComparison.Ordinal))
        .Split('>', '<')[2];

    private static string Message(Exception fault) => Should.Throw<FaceLoupeException>(
        () => NativeLibraries.Load("Skia", "A.Package", typeof(SKImageInfo).Assembly, () => throw fault)).Message;
}
