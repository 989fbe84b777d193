using FaceLoupe.Models;

namespace FaceLoupe.Tests.Models;

public class NativeLibrariesTests
{
    [Fact]
    public void those_of_the_tests_are_there() => Should.NotThrow(NativeLibraries.Check);

    [Fact]
    public void one_that_is_missing_names_its_package() =>
        Should.Throw<FaceLoupeException>(() => NativeLibraries.Load(
                "Skia", "A.Package", () => throw new TypeInitializationException("SKObject", new DllNotFoundException("libX"))))
            .Message.ShouldBe(
                "The native library of Skia for this platform is missing or of another version: refer to the package "
                + "A.Package in the application.");

    [Fact]
    public void another_fault_stays_what_it_is() =>
        Should.Throw<InvalidOperationException>(() => NativeLibraries.Load("Skia", "A", () => throw new InvalidOperationException()));
}
