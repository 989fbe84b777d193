using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FaceLoupe.Web.Tests.Page;

/// <summary>An image comes in, its faces are shown, and a person looks around.</summary>
[Collection(nameof(SharedBrowser))]
public sealed class PageTests(Browser browser, LoopbackServer server)
{
    [Fact]
    public async Task a_dropped_picture_shows_frames_around_its_faces()
    {
        var page = await browser.OpenAsync(server.Address);

        await page.FindCrowdAsync();

        await Expect(page.Count()).ToHaveTextAsync("3 faces");
        await Expect(page.Locator("#rows tr:visible")).ToHaveCountAsync(3);
        foreach (var square in new[] { Scenes.Small, Scenes.Medium, Scenes.Large })
        {
            (await page.IsFramedAsync(square.Moved())).ShouldBeTrue($"{square} has no frame");
        }

        (await page.IsFramedAsync(new Geometry.Box(150, 100, 16, 16))).ShouldBeFalse();
        await Expect(page.Locator("#histogram svg")).ToHaveAttributeAsync("aria-label", "1 face from 8 to 12 pixels, "
            + "1 face from 16 to 24 pixels, 1 face from 32 to 48 pixels");
        await Expect(page.Locator("#status")).ToHaveTextAsync("3 faces found.");
    }

    [Fact]
    public async Task faces_are_drawn_as_they_are_found()
    {
        var page = await browser.OpenAsync(server.Address);
        await page.EvaluateAsync(
            """
            () => {
              window.told = [];
              new MutationObserver(() => window.told.push(document.getElementById("progress-text").textContent))
                .observe(document.getElementById("progress-text"), { childList: true });
            }
            """);

        await page.FindCrowdAsync();

        var reported = string.Join('\n', await page.EvaluateAsync<string[]>("() => window.told"));
        reported.ShouldContain("Sending the image");
        reported.ShouldContain("Checking ");
        reported.ShouldContain("regions checked");
        await Expect(page.Locator("#progress")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task a_picture_may_be_pasted_or_chosen_as_well()
    {
        var page = await browser.OpenAsync(server.Address);
        await page.PasteAsync(Scenes.CrowdPng);
        await page.UntilFinishedAsync();
        await Expect(page.Count()).ToHaveTextAsync("3 faces");

        await page.Locator("#file").SetInputFilesAsync(
            new FilePayload { Name = "empty.png", MimeType = "image/png", Buffer = Scenes.Empty });

        await Expect(page.Count()).ToHaveTextAsync("0 faces");
        await Expect(page.Locator("#view")).ToHaveAttributeAsync("aria-label", "empty.png: 0 faces");
    }

    [Fact]
    public async Task the_slider_filters_at_once_and_asks_the_server_nothing()
    {
        var page = await browser.OpenAsync(server.Address);
        await page.FindCrowdAsync();
        var asked = 0;
        page.Request += (_, _) => asked++;

        await page.SlideAsync(1);
        await Expect(page.Count()).ToHaveTextAsync("0 faces");
        await Expect(page.Locator("#rows tr:visible")).ToHaveCountAsync(0);
        (await page.IsFramedAsync(Scenes.Large.Moved())).ShouldBeFalse();

        await page.SlideAsync(0);
        (await page.Locator("#rows tr:visible").CountAsync()).ShouldBeGreaterThan(3);

        await page.Locator("#score-reset").ClickAsync();
        await Expect(page.Count()).ToHaveTextAsync("3 faces");
        await Expect(page.Locator("#score-value")).ToHaveTextAsync("0.50");
        (await page.IsFramedAsync(Scenes.Large.Moved())).ShouldBeTrue();
        asked.ShouldBe(0);
    }

    [Fact]
    public async Task wheel_keys_and_buttons_zoom_and_the_picture_can_be_dragged()
    {
        var page = await browser.OpenAsync(server.Address);
        await page.FindCrowdAsync();
        var zoom = page.Locator("#zoom");
        var fitted = await zoom.InnerTextAsync();
        var (x, y, _) = await page.OnScreenAsync(150, 100);

        await page.Mouse.MoveAsync(x, y);
        await page.Mouse.WheelAsync(0, -300);
        await Expect(zoom).Not.ToHaveTextAsync(fitted);
        (await page.IsFramedAsync(Scenes.Large.Moved())).ShouldBeFalse();

        await page.Locator("#view").PressAsync("0");
        await Expect(zoom).ToHaveTextAsync(fitted);
        (await page.IsFramedAsync(Scenes.Large.Moved())).ShouldBeTrue();

        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(x - 200, y - 40, new MouseMoveOptions { Steps = 4 });
        await page.Mouse.UpAsync();
        (await page.IsFramedAsync(Scenes.Large.Moved())).ShouldBeFalse();

        await page.Locator("#zoom-real").ClickAsync();
        await Expect(zoom).ToHaveTextAsync("100 %");
        await page.Locator("#zoom-fit").ClickAsync();
        await page.Locator("#show-boxes").ClickAsync();
        await Expect(page.Locator("#show-boxes")).ToHaveAttributeAsync("aria-pressed", "false");
        (await page.IsFramedAsync(Scenes.Large.Moved())).ShouldBeFalse();
    }

    [Fact]
    public async Task what_is_no_picture_is_reported_and_the_next_picture_is_welcome()
    {
        var page = await browser.OpenAsync(server.Address);

        await page.DropAsync("just words"u8.ToArray(), "words.txt", "text/plain");

        var problem = page.Locator("#problem");
        await Expect(problem).ToBeVisibleAsync();
        await Expect(problem).ToHaveAttributeAsync("role", "alert");
        await Expect(problem).ToContainTextAsync("words.txt");

        await page.FindCrowdAsync();
        await Expect(problem).ToBeHiddenAsync();
        await Expect(page.Count()).ToHaveTextAsync("3 faces");
    }

    [Fact]
    public async Task a_file_that_is_too_large_is_not_even_sent()
    {
        await using var small = await LoopbackServer.StartAsync(LoopbackServer.Options with { MaxUploadBytes = 1000 });
        var page = await browser.OpenAsync(small.Address);
        var sent = 0;
        page.Request += (_, request) => sent += request.Method == "POST" ? 1 : 0;

        await page.DropAsync(new byte[1500], "large.png");

        await Expect(page.Locator("#problem")).ToContainTextAsync("too large");
        sent.ShouldBe(0);
    }

    [Fact]
    public async Task a_phone_of_360_pixels_has_room_for_everything()
    {
        var page = await browser.OpenAsync(server.Address, new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = 360, Height = 740 }, HasTouch = true, IsMobile = true,
        });
        (await WidthAsync(page)).ShouldBe(360);

        await page.FindCrowdAsync();
        (await WidthAsync(page)).ShouldBe(360);
        (await page.IsFramedAsync(Scenes.Large.Moved())).ShouldBeTrue();

        var (x, y, _) = await page.OnScreenAsync(Scenes.Large.CenterX, Scenes.Large.CenterY);
        await page.Touchscreen.TapAsync(x, y);
        await Expect(page.Locator("#tiles img")).Not.ToHaveCountAsync(0);
        (await WidthAsync(page)).ShouldBe(360);
    }

    [Fact]
    public async Task the_shipped_model_finds_all_people_of_the_sample()
    {
        // The default model, whichever it is.
        await using var shipped = await LoopbackServer.StartAsync(
            LoopbackServer.Options with { ModelFolder = null, Threads = 0 });
        var page = await browser.OpenAsync(shipped.Address);

        await page.Locator("#sample").ClickAsync();

        await Expect(page.Locator("#save")).ToBeVisibleAsync(new() { Timeout = 240_000 });
        var count = await page.Count().InnerTextAsync();
        int.Parse(count.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(27, 31);
    }

    private static Task<int> WidthAsync(IPage page) =>
        page.EvaluateAsync<int>("() => document.documentElement.scrollWidth");
}
