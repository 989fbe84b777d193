using System.Globalization;
using FaceLoupe.Anonymising;
using FaceLoupe.Datasets;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Models;
using FaceLoupe.Refinement;

namespace FaceLoupe.Tests.Anonymising;

/// <summary>How often an attacker finds out who a masked face of the sample image is; docs/anonymising.md shows the
/// figures.</summary>
public sealed class MaskStrengthTests : IDisposable
{
    // Networks of 8 bits calculate a little otherwise on other processors.
    private const double Tolerance = 0.03;

    private readonly ModelBundle bundle = ModelBundle.Open(RepositoryRoot.Combine("models", ModelBundle.DefaultName));

    public void Dispose() => bundle.Dispose();

    [Theory]
    [InlineData("pixelate")]
    [InlineData("solid")]
    [InlineData("gaussian")]
    [InlineData("pixelate with 4 x 4 cells without noise, the former mask")]
    public void the_figures_of_the_document_are_those_that_are_measured(string name)
    {
        var (mask, known) = Masks(name);
        var attack = new MaskAttack(
            PictureFile.Read(RepositoryRoot.Combine("samples", "solvay-1927.jpg")), People(),
                new GeneratorModel(bundle));
        double[] measured = [attack.Direct(mask), attack.Alike(mask, known), attack.SuperResolved(mask, known)];

        var reported = Documented(name);

        var shares = measured.Select(share => share.ToString("0.00", CultureInfo.InvariantCulture));
        measured.Zip(reported).ShouldAllBe(
            pair => Math.Abs(pair.First - pair.Second) <= Tolerance, $"measured {string.Join(" | ", shares)}");
    }

    [Fact]
    public void the_default_mask_gives_away_at_most_one_face_in_eight_and_a_blur_all_of_them()
    {
        Documented("pixelate").Max().ShouldBeLessThanOrEqualTo(0.125);
        Documented("solid").Max().ShouldBe(0.03, "one in 29, by chance");
        Documented("gaussian").Max().ShouldBe(1);
        new MaskOptions().Kind.ShouldBe(MaskKind.Pixelate);
        new MaskOptions().Warning.ShouldBeNull();
        new MaskOptions { Kind = MaskKind.Gaussian }.Warning!.ShouldContain("can be undone");
    }

    private static Box[] People() =>
    [
        .. WiderFaceDataset.Read(RepositoryRoot.Combine("samples", "solvay-1927.bbx.txt"),
            RepositoryRoot.Combine("samples"))
            .Pictures.Single().Faces.Select(face => face.Box),
    ];

    // The mask, and what an attacker who knows how it is made can make of other faces: noise nobody knows.
    private static (Func<Picture, Box, Picture> Mask, Func<Picture, Box, Picture> Known) Masks(string name) =>
        name switch
    {
        "pixelate" => (Of(MaskKind.Pixelate), Of(MosaicStrength.Default with { Noise = 0 })),
        "solid" => (Of(MaskKind.Solid), Of(MaskKind.Solid)),
        "gaussian" => (Of(MaskKind.Gaussian), Of(MaskKind.Gaussian)),
        _ => (Of(new MosaicStrength(4, 0)), Of(new MosaicStrength(4, 0))),
    };

    // Boxes, so that a crop shows nothing but mask.
    private static Func<Picture, Box, Picture> Of(MaskKind kind) => (picture, face) =>
    {
        var copy = new Picture(picture.Width, picture.Height, [.. picture.Pixels]);
        new FaceMasker(new MaskOptions { Kind = kind, Shape = MaskShape.Box }).Apply(copy, [face]);
        return copy;
    };

    private static Func<Picture, Box, Picture> Of(MosaicStrength strength) => (picture, face) =>
    {
        var copy = new Picture(picture.Width, picture.Height, [.. picture.Pixels]);
        var area = new MaskArea(face, new MaskOptions { Shape = MaskShape.Box }, copy);
        Mosaic.Of(copy, area, strength).Paint(copy, area, area);
        return copy;
    };

    // "| `solid` | 0.03 | 0.03 | 0.03 |" in the table of the document.
    private static double[] Documented(string name)
    {
        var row = File.ReadLines(RepositoryRoot.Combine("docs", "anonymising.md"))
            .Where(line => line.StartsWith('|') && line.Count(letter => letter == '|') == 5)
            .Single(line => line.Split('|')[1].Replace("`", "", StringComparison.Ordinal).Trim() == name);
        return [.. row.Split('|')[2..5].Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))];
    }
}
