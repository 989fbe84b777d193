using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FaceLoupe.Web.Tests.Page;

/// <summary>
/// The explorer of the interface, under a policy that lets nobody put a script or a style into the page.
/// </summary>
[Collection(nameof(SharedBrowser))]
public sealed class ExplorerTests(Browser browser, LoopbackServer server)
{
    [Fact]
    public async Task the_explorer_works_without_anything_that_is_inline_and_not_its_own()
    {
        var page = await browser.OpenAsync(server.Address);
        await page.AddInitScriptAsync(
            "window.refused = []; document.addEventListener('securitypolicyviolation',"
            + " event => window.refused.push(`${event.effectiveDirective}: ${event.sample} ${event.blockedURI}`));");

        await page.GotoAsync("/docs/");

        await Expect(page.GetByText("Find the faces of an image").First).ToBeVisibleAsync();
        await Expect(page.GetByText("/v1/blur").First).ToBeVisibleAsync();
        (await page.Locator("html").EvaluateAsync<string>(
            "() => getComputedStyle(document.querySelector('h1')).fontWeight"))
            .ShouldNotBe("700"); // a browser's own headline: the explorer's styles are at work

        if (Environment.GetEnvironmentVariable("FACELOUPE_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, "explorer.png") });
        }

        // Kept out is a try whether code may be made of text, which the explorer goes without.
        (await page.EvaluateAsync<string[]>("() => window.refused")).ShouldAllBe(
            refused => refused == "script-src:  eval");
    }
}
