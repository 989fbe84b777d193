using static Microsoft.Playwright.Assertions;

namespace FaceLoupe.Web.Tests.Page;

/// <summary>A click on a face opens what the networks saw.</summary>
[Collection(nameof(SharedBrowser))]
public sealed class InspectorTests(Browser browser, LoopbackServer server)
{
    [Fact]
    public async Task a_click_on_a_face_shows_the_crops_and_the_scores()
    {
        var page = await browser.OpenAsync(server.Address);
        await page.FindCrowdAsync();
        var (x, y, _) = await page.OnScreenAsync(Scenes.Small.CenterX, Scenes.Small.CenterY);

        await page.Mouse.ClickAsync(x, y);

        await Expect(page.Locator("#inspector")).ToBeVisibleAsync();
        await Expect(page.Locator("#tiles img")).ToHaveCountAsync(4);
        await Expect(page.Locator("#tiles")).ToContainTextAsync("Low resolution");
        await Expect(page.Locator("#tiles")).ToContainTextAsync("Bicubic");
        await Expect(page.Locator("#tiles")).ToContainTextAsync("Up-sampled (G1)");
        await Expect(page.Locator("#tiles")).ToContainTextAsync("Refined (G1 + G2)");
        (await page.Locator("#tiles img").EvaluateAllAsync<int[]>("images => images.map(image => image.naturalWidth)"))
            .ShouldBe([8, 32, 32, 32]);
        await Expect(page.Locator("#scores tr")).ToHaveCountAsync(3);
        await Expect(page.Locator("#scores")).ToContainTextAsync("Stage 2: discriminator");
        await Expect(page.Locator("#inspector-note")).ToContainTextAsync("logit");
    }

    [Fact]
    public async Task a_face_that_is_large_enough_went_without_the_generator()
    {
        var page = await browser.OpenAsync(server.Address);
        await page.FindCrowdAsync();
        var (x, y, _) = await page.OnScreenAsync(Scenes.Large.CenterX, Scenes.Large.CenterY);

        await page.Mouse.ClickAsync(x, y);

        await Expect(page.Locator("#tiles img")).ToHaveCountAsync(1);
        await Expect(page.Locator("#tiles")).ToContainTextAsync("without the generator");
    }

    [Fact]
    public async Task the_keyboard_alone_goes_to_a_face_opens_it_and_comes_back()
    {
        var page = await browser.OpenAsync(server.Address);
        await page.FindCrowdAsync();
        await page.Locator("#view").FocusAsync();

        await page.Keyboard.PressAsync("n");
        await Expect(page.Locator("#status")).ToContainTextAsync("Face 1 of 3");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#inspector-title")).ToHaveTextAsync("Face 1 of 3");
        await Expect(page.Locator("#inspector-title")).ToBeFocusedAsync();

        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(page.Locator("#inspector-title")).ToHaveTextAsync("Face 2 of 3");
        await page.Keyboard.PressAsync("ArrowLeft");
        await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(page.Locator("#inspector-title")).ToHaveTextAsync("Face 3 of 3");
        await page.Keyboard.PressAsync("Escape");

        await Expect(page.Locator("#inspector")).ToBeHiddenAsync();
        await Expect(page.Locator("#rows button").Nth(2)).ToBeFocusedAsync(); // the one that was left last
    }

    [Fact]
    public async Task the_list_opens_a_face_and_gets_the_keyboard_back()
    {
        var page = await browser.OpenAsync(server.Address);
        await page.FindCrowdAsync();
        var button = page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Inspect face 2" });

        await button.PressAsync("Enter");
        await Expect(page.Locator("#inspector-title")).ToHaveTextAsync("Face 2 of 3");
        await page.Locator("#close").ClickAsync();

        await Expect(button).ToBeFocusedAsync();
    }
}
