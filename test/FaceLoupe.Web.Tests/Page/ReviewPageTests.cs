using System.Text.Json;
using FaceLoupe.Imaging;
using FaceLoupe.Tests;

namespace FaceLoupe.Web.Tests.Page;

/// <summary>The page of <c>faceloupe blur --review</c>, on which a person corrects masks.</summary>
[Collection(nameof(SharedBrowser))]
public sealed class ReviewPageTests(Browser browser) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("faceloupe-review-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task masks_are_kept_removed_and_drawn_and_the_saved_corrections_apply()
    {
        var (picture, page, saved) = (PathOf("a.png"), PathOf("review.html"), PathOf("corrections.json"));
        PictureFile.Write(
            TinyModel.Scene(
                200, 150, (TinyModel.Square(16, 2, 3), TinyModel.White), (TinyModel.Square(16, 8, 6), TinyModel.White)),
            picture);
        await BlurAsync(picture, "--out", PathOf("first.png"), "--review", page);

        var tab = await browser.OpenFileAsync(page);
        (await tab.Locator("rect.mask").CountAsync()).ShouldBe(2);
        var doubtful = await tab.Locator("rect.clear").CountAsync();

        // One is removed by the keyboard, and one is drawn.
        await tab.Locator("rect.mask").First.PressAsync("Enter");
        (await tab.Locator("rect.clear").CountAsync()).ShouldBe(doubtful + 1);
        var stage = (await tab.Locator("svg").BoundingBoxAsync())!;
        var scale = stage.Width / 200;
        await tab.Mouse.MoveAsync(stage.X + (140 * scale), stage.Y + (100 * scale));
        await tab.Mouse.DownAsync();
        await tab.Mouse.MoveAsync(stage.X + (170 * scale), stage.Y + (130 * scale));
        await tab.Mouse.UpAsync();
        (await tab.Locator("rect.mask").CountAsync()).ShouldBe(2);
        var download = await tab.RunAndWaitForDownloadAsync(() => tab.Locator("#save").ClickAsync());
        await download.SaveAsAsync(saved);

        var file = JsonElement.Parse(await File.ReadAllTextAsync(saved)).GetProperty("files")[0];
        file.GetProperty("keep").GetArrayLength().ShouldBe(1);
        file.GetProperty("clear").GetArrayLength().ShouldBe(1);
        file.GetProperty("mask").GetArrayLength().ShouldBe(1);
        file.GetProperty("mask")[0][0].GetDouble().ShouldBe(140, 1.5);
        await BlurAsync(picture, "--out", PathOf("second.png"), "--apply", saved);
        var (first, second) = (PictureFile.Read(PathOf("first.png")), PictureFile.Read(PathOf("second.png")));
        Shown(first, 155, 115).ShouldBe(0);
        Shown(second, 155, 115).ShouldBe(128, "drawn");
        var clear = file.GetProperty("clear")[0];
        var (x, y) = ((int)clear[0].GetDouble() + 8, (int)clear[1].GetDouble() + 8);
        Shown(first, x, y).ShouldBe(128);
        Shown(second, x, y).ShouldBe(255, "kept clear");
    }

    private static int Shown(Picture picture, int x, int y) => picture.Pixels[picture.OffsetOf(x, y)];

    private static async Task BlurAsync(params string[] args)
    {
        var call = await Program.RunAsync(
            ["blur", .. args, "--mask", "solid", "--color", "grey", "--model", TinyModel.Folder]);
        call.ExitCode.ShouldBe(0, call.Error);
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);
}
