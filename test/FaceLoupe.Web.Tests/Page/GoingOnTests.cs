using System.Globalization;
using FaceLoupe.Imaging;
using FaceLoupe.Web.Queueing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FaceLoupe.Web.Tests.Page;

/// <summary>Whatever goes wrong, a person sees what was known before and how to go on.</summary>
[Collection(nameof(SharedBrowser))]
public sealed class GoingOnTests(Browser browser, LoopbackServer server)
{
    private static byte[] Broken => [.. Scenes.CrowdPng[..(Scenes.CrowdPng.Length / 2)]];

    [Fact]
    public async Task after_a_broken_file_the_last_result_stays_and_the_way_on_is_clear()
    {
        var page = await browser.OpenAsync(server.Address);
        await page.FindCrowdAsync();

        await page.DropAsync(Broken, "broken.png");

        var problem = page.Locator("#problem");
        await Expect(problem).ToContainTextAsync("broken.png");
        await Expect(problem).ToContainTextAsync("The faces of crowd.png are still shown.");
        await Expect(problem.GetByRole(AriaRole.Button, new() { Name = "Choose another image" })).ToBeVisibleAsync();
        await Expect(page.Locator("#retry")).ToBeHiddenAsync();
        await Expect(page.Count()).ToHaveTextAsync("3 faces");
        await Expect(page.Locator("#save")).ToBeVisibleAsync();
        await Expect(page.Locator("#rows tr:visible")).ToHaveCountAsync(3);
        await page.KeepAsync("broken-after-a-result");

        await page.Locator("#dismiss").ClickAsync();
        (await page.IsFramedAsync(Scenes.Large.Moved())).ShouldBeTrue();
        await page.SlideAsync(1);
        await Expect(page.Count()).ToHaveTextAsync("0 faces");
        await page.Locator("#score-reset").ClickAsync();
        await page.Locator("#rows button").First.ClickAsync();
        await Expect(page.Locator("#tiles img")).Not.ToHaveCountAsync(0);
    }

    [Fact]
    public async Task a_broken_first_file_leads_back_to_the_start()
    {
        var page = await browser.OpenAsync(server.Address);

        await page.DropAsync(Broken, "broken.png");

        await Expect(page.Locator("#problem")).ToContainTextAsync("broken.png");
        await Expect(page.Locator("#welcome")).ToBeVisibleAsync();
        await Expect(page.Locator("#view")).ToBeHiddenAsync();
        await Expect(page.Locator("#score-least")).ToHaveTextAsync("0: all boxes");
        await Expect(page.Locator("#score-most")).ToHaveTextAsync("1: only certain faces");
        await page.KeepAsync("broken-at-first");
        var choosing = page.WaitForFileChooserAsync();
        await page.Locator("#choose-other").ClickAsync();
        await (await choosing).SetFilesAsync(
            new FilePayload { Name = "crowd.png", MimeType = "image/png", Buffer = Scenes.CrowdPng });
        await Expect(page.Count()).ToHaveTextAsync("3 faces");
        await Expect(page.Locator("#problem")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task a_sample_that_cannot_be_loaded_is_a_problem_that_a_person_sees()
    {
        var page = await browser.OpenAsync(server.Address);
        await page.RouteAsync("**/samples/*", route => route.AbortAsync());

        await page.Locator("#sample").ClickAsync();

        await Expect(page.Locator("#problem")).ToContainTextAsync("The sample cannot be loaded");
    }

    [Fact]
    public async Task stop_offers_to_try_again()
    {
        var page = await browser.OpenAsync(server.Address);
        using (var other = server.Part<WorkQueue>().Enter())
        {
            await other.TurnAsync(CancellationToken.None);
            await page.DropAsync(Scenes.CrowdPng);
            await Expect(page.Locator("#progress-text")).ToContainTextAsync("comes first");
            await page.Locator("#stop").FocusAsync();
            await page.Keyboard.PressAsync("Enter");
            await Expect(page.Locator("#problem-title")).ToHaveTextAsync("Stopped");
            await Expect(page.Locator("#progress")).ToBeHiddenAsync();
            await Expect(page.Locator("#retry")).ToBeFocusedAsync();
            await page.KeepAsync("stopped");
        }

        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Count()).ToHaveTextAsync("3 faces");
        await Expect(page.Locator("#problem")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task focus_never_falls_to_the_body()
    {
        var page = await browser.OpenAsync(server.Address);
        async Task ShouldHaveFocusAsync(string id) =>
            (await page.EvaluateAsync<string>("() => new Promise(done => requestAnimationFrame(() => "
                + "requestAnimationFrame(() => done(document.activeElement.id || document.activeElement.tagName))))"))
                    .ShouldBe(id);

        // The button that chose the image is gone with the welcome.
        await page.Locator("#choose").FocusAsync();
        await page.FindCrowdAsync();
        await ShouldHaveFocusAsync("view");

        // A row of the list is gone with its image.
        await page.Locator("#rows button").First.FocusAsync();
        await page.DropAsync(Scenes.Empty, "empty.png");
        await Expect(page.Count()).ToHaveTextAsync("0 faces");
        await ShouldHaveFocusAsync("view");

        // "Close" is gone with the message; the message itself takes nothing away.
        await page.DropAsync(Broken, "broken.png");
        await Expect(page.Locator("#problem")).ToBeVisibleAsync();
        await ShouldHaveFocusAsync("view");
        await page.Locator("#dismiss").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await ShouldHaveFocusAsync("view");

        // "back to 0.50" is gone when it has done so.
        await page.FindCrowdAsync();
        await Expect(page.Count()).ToHaveTextAsync("3 faces");
        await page.SlideAsync(0.9);
        await page.Locator("#score-reset").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await ShouldHaveFocusAsync("score");

        // A download keeps its button.
        await page.Locator("#save-blurred").FocusAsync();
        var download = page.WaitForDownloadAsync();
        await page.Keyboard.PressAsync("Enter");
        await download;
        await ShouldHaveFocusAsync("save-blurred");

        // An image that comes in while a face is open closes it.
        await page.Locator("#rows button").First.ClickAsync();
        await Expect(page.Locator("#inspector")).ToBeVisibleAsync();
        await page.DropAsync(Scenes.Empty, "empty.png");
        await Expect(page.Count()).ToHaveTextAsync("0 faces");
        await Expect(page.Locator("#inspector")).ToBeHiddenAsync();
        await ShouldHaveFocusAsync("view");

        // A click beside everything is the person's own wish.
        await page.Locator("#count").ClickAsync();
        await ShouldHaveFocusAsync("BODY");
    }

    [Fact]
    public async Task the_ends_of_the_slider_say_what_they_show()
    {
        var page = await browser.OpenAsync(server.Address);
        await page.FindCrowdAsync();

        var least = await page.Locator("#score-least").InnerTextAsync();
        await Expect(page.Locator("#score-most")).ToHaveTextAsync("1: none");

        await page.SlideAsync(0);
        var all = await page.Locator("#rows tr:visible").CountAsync();
        least.ShouldBe(string.Create(CultureInfo.InvariantCulture, $"0: all {all} boxes"));
        await page.SlideAsync(1);
        await Expect(page.Count()).ToHaveTextAsync("0 faces");
    }

    [Theory]
    [InlineData("large.png")]
    [InlineData("large.jpg")]
    [InlineData("large.webp")]
    public async Task large_pictures_are_refused_before_they_are_decoded(string name)
    {
        await using var small = await LoopbackServer.StartAsync(LoopbackServer.Options with { MaxPixels = 1_000_000 });
        var page = await browser.OpenAsync(small.Address);
        await page.EvaluateAsync("() => { window.createImageBitmap = () => { window.decoded = true; }; }");
        var sent = 0;
        page.Request += (_, request) => sent += request.Method == "POST" ? 1 : 0;
        var picture = new Picture(1_200, 1_000);

        await page.DropAsync(
            PictureFile.Encode(picture, name.Split('.')[1] switch
            {
                "png" => PictureFormat.Png,
                "jpg" => PictureFormat.Jpeg,
                _ => PictureFormat.Webp,
            }),
            name);

        await Expect(page.Locator("#problem")).ToContainTextAsync(
            $"{name}: 1200 × 1000 pixels are more than the 1 million pixels");
        (await page.EvaluateAsync<bool>("() => window.decoded === true")).ShouldBeFalse();
        sent.ShouldBe(0);
    }

    [Fact]
    public async Task a_refused_file_leaves_the_detection_under_way_alone()
    {
        await using var small = await LoopbackServer.StartAsync(
            LoopbackServer.Options with { MaxUploadBytes = 1_000_000 });
        var page = await browser.OpenAsync(small.Address);
        using (var other = small.Part<WorkQueue>().Enter())
        {
            await other.TurnAsync(CancellationToken.None);
            await page.DropAsync(Scenes.CrowdPng);
            await Expect(page.Locator("#progress-text")).ToContainTextAsync("comes first");
            await page.DropAsync(new byte[1_500_000], "large.png");
            await Expect(page.Locator("#problem")).ToContainTextAsync("too large");
        }

        await Expect(page.Count()).ToHaveTextAsync("3 faces");
    }

    [Fact]
    public async Task the_small_sample_shows_super_resolution_at_work()
    {
        await using var shipped = await LoopbackServer.StartAsync(
            LoopbackServer.Options with { ModelFolder = null, Threads = 0 });
        var page = await browser.OpenAsync(shipped.Address);

        await page.Locator("#sample-small").ClickAsync();

        await Expect(page.Locator("#save")).ToBeVisibleAsync(new() { Timeout = 240_000 });
        var count = await page.Count().InnerTextAsync();
        int.Parse(count.Split(' ')[0], CultureInfo.InvariantCulture).ShouldBeInRange(26, 31);
        await page.Locator("#rows button").First.ClickAsync();
        await Expect(page.Locator("#tiles")).ToContainTextAsync("Refined (G1 + G2)");
        await page.KeepAsync("small-sample");
    }
}
