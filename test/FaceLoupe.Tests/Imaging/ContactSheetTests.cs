using FaceLoupe.Imaging;

namespace FaceLoupe.Tests.Imaging;

public sealed class ContactSheetTests
{
    [Fact]
    public void small_pictures_are_enlarged_with_hard_pixels_into_cells_of_the_largest()
    {
        var small = new Picture(2, 1, [255, 0, 0, 0, 0, 255]);
        var large = Filled(4, 4, 200);
        var sheet = ContactSheet.Layout([[small, large], [large]], gap: 1);
        (sheet.Width, sheet.Height).ShouldBe((11, 11));
        At(sheet, 0, 0).ShouldBe((32, 32, 32));
        At(sheet, 1, 1).ShouldBe((32, 32, 32)); // 2x1 becomes 4x2, in the middle of a cell of 4x4
        At(sheet, 2, 2).ShouldBe((255, 0, 0));
        At(sheet, 3, 3).ShouldBe((0, 0, 255));
        At(sheet, 6, 1).ShouldBe((200, 200, 200));
        At(sheet, 4, 9).ShouldBe((200, 200, 200));
        At(sheet, 6, 9).ShouldBe((32, 32, 32));
    }

    [Fact]
    public void a_row_holds_low_bicubic_generated_and_real()
    {
        var row = ContactSheet.Row(Filled(16, 16, 90), Filled(64, 64, 100), Filled(64, 64, 110));
        row.Select(picture => picture.Width).ShouldBe([16, 64, 64, 64]);
        row.Select(picture => (int)picture.Pixels[0]).ShouldBe([90, 90, 100, 110]);
        ContactSheet.Row(Filled(16, 16, 90), Filled(64, 64, 100), null).Count.ShouldBe(3);
    }

    [Fact]
    public void a_sheet_without_pictures_is_a_mistake() =>
        Should.Throw<ArgumentException>(() => ContactSheet.Layout([[]]));

    [Fact]
    public void a_written_sheet_can_be_read()
    {
        var folder = Directory.CreateTempSubdirectory("faceloupe-");
        try
        {
            var path = Path.Combine(folder.FullName, "sheet.png");
            ContactSheet.Write(path, [[Filled(3, 3, 7)]]);
            var sheet = PictureFile.Read(path);
            (sheet.Width, At(sheet, 3, 3)).ShouldBe((7, (7, 7, 7)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Picture Filled(int width, int height, byte value)
    {
        var picture = new Picture(width, height);
        Array.Fill(picture.Pixels, value);
        return picture;
    }

    private static (int Red, int Green, int Blue) At(Picture picture, int x, int y)
    {
        var offset = picture.OffsetOf(x, y);
        return (picture.Pixels[offset], picture.Pixels[offset + 1], picture.Pixels[offset + 2]);
    }
}
