using System.Text.Json;
using FaceLoupe.Imaging;
using Microsoft.Playwright;

namespace FaceLoupe.Web.Tests.Page;

/// <summary>What is taken home holds the faces that are shown; hidden are also those that are less confident.</summary>
[Collection(nameof(SharedBrowser))]
public sealed class DownloadTests(Browser browser, LoopbackServer server)
{
    [Fact]
    public async Task json_holds_the_shown_faces()
    {
        var page = await FoundAsync();
        await page.SlideAsync(0.3);
        var shown = await page.Locator("#rows tr:visible").CountAsync();

        var (name, bytes) = await SaveAsync(page, "#save-json");

        name.ShouldBe("crowd-faces.json");
        var document = JsonElement.Parse(bytes);
        document.GetProperty("threshold").GetDouble().ShouldBe(0.3);
        document.GetProperty("images")[0].GetProperty("faces").GetArrayLength().ShouldBe(shown);
    }

    [Fact]
    public async Task csv_is_the_table_of_the_command_line()
    {
        var page = await FoundAsync();

        var (name, bytes) = await SaveAsync(page, "#save-csv");
        await page.SlideAsync(1);
        var (_, none) = await SaveAsync(page, "#save-csv");

        name.ShouldBe("crowd-faces.csv");
        var lines = System.Text.Encoding.UTF8.GetString(bytes).TrimEnd('\n').Split('\n');
        lines[0].ShouldBe("image,image_width,image_height,face,x,y,width,height,score,logit");
        lines.Length.ShouldBe(4);
        lines[1].ShouldStartWith("crowd.png,200,150,1,");
        lines.ShouldAllBe(line => line.Count(letter => letter == ',') == 9);
        System.Text.Encoding.UTF8.GetString(none).ShouldEndWith("crowd.png,200,150,0,,,,,,\n");
    }

    [Fact]
    public async Task the_marked_picture_has_its_size_and_frames()
    {
        var page = await FoundAsync();

        var (name, bytes) = await SaveAsync(page, "#save-marked");

        name.ShouldBe("crowd-marked.png");
        var marked = PictureFile.Decode(bytes, name);
        (marked.Width, marked.Height).ShouldBe((Scenes.Width, Scenes.Height));
        var box = Scenes.Large.Moved();
        var at = marked.OffsetOf((int)MathF.Round(box.Right), (int)box.CenterY);
        marked.Pixels[at].ShouldBeGreaterThan((byte)200);
        marked.Pixels[at + 2].ShouldBeLessThan((byte)120);
    }

    [Fact]
    public async Task the_masked_picture_hides_the_faces_that_are_shown_and_never_fewer_than_the_command_does()
    {
        var page = await FoundAsync();

        var (name, bytes) = await SaveAsync(page, "#save-blurred");
        await page.SlideAsync(1);
        var (_, same) = await SaveAsync(page, "#save-blurred");
        await page.Locator("#mask").SelectOptionAsync("solid");
        var (_, black) = await SaveAsync(page, "#save-blurred");

        name.ShouldBe("crowd-blurred.png");
        PictureFile.Decode(bytes, name).Pixels.ShouldNotBe(Scenes.Crowd.Pixels);
        PictureFile.Decode(same, name)
            .Pixels.ShouldBe(PictureFile.Decode(bytes, name).Pixels, "no face is shown, and all are hidden");
        var solid = PictureFile.Decode(black, name);
        solid.Pixels[solid.OffsetOf((int)Scenes.Large.CenterX, (int)Scenes.Large.CenterY)].ShouldBe((byte)0);
    }

    private async Task<IPage> FoundAsync()
    {
        var page = await browser.OpenAsync(server.Address);
        await page.FindCrowdAsync();
        return page;
    }

    private static async Task<(string Name, byte[] Bytes)> SaveAsync(IPage page, string button)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator(button).ClickAsync());
        return (download.SuggestedFilename, await File.ReadAllBytesAsync(await download.PathAsync()));
    }
}
