using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FaceLoupe.Web.Tests.Page;

/// <summary>The page is usable by everyone, and loads nothing from elsewhere.</summary>
[Collection(nameof(SharedBrowser))]
public sealed class CareTests(Browser browser, LoopbackServer server)
{
    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 360)]
    [InlineData(ColorScheme.Dark, 360)]
    public async Task axe_finds_nothing_to_complain_of(ColorScheme scheme, int width)
    {
        var page = await browser.OpenAsync(server.Address, new BrowserNewContextOptions
        {
            ColorScheme = scheme, ViewportSize = new ViewportSize { Width = width, Height = 800 }, BypassCSP = true,
        });
        await ShouldBeAccessibleAsync(page, "empty");

        await page.FindCrowdAsync();
        await ShouldBeAccessibleAsync(page, "found");

        await page.Locator("#rows button").First.ClickAsync();
        await Expect(page.Locator("#tiles img")).Not.ToHaveCountAsync(0);
        await ShouldBeAccessibleAsync(page, "inspector");

        await page.Keyboard.PressAsync("Escape");
        await page.DropAsync("words"u8.ToArray(), "words.txt");
        await Expect(page.Locator("#problem")).ToBeVisibleAsync();
        await ShouldBeAccessibleAsync(page, "problem");
    }

    [Fact]
    public async Task the_tab_key_reaches_everything_in_order()
    {
        var page = await browser.OpenAsync(server.Address);
        await page.FindCrowdAsync();
        await page.EvaluateAsync("() => document.activeElement.blur()");

        var reached = new List<string>();
        for (var i = 0; i < 24; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            reached.Add(await page.EvaluateAsync<string>(
                """
                () => {
                  const reached = document.activeElement;
                  return reached.id || reached.getAttribute("aria-label") || reached.textContent.trim();
                }
                """));
        }

        string[] wanted =
        [
            "Skip to the image", "another", "view", "zoom-out", "show-boxes", "score", "save-json", "save-blurred",
            "Inspect face 1", "Inspect face 3",
        ];
        var places = wanted.Select(name => reached.IndexOf(name)).ToArray();
        places.ShouldAllBe(place => place >= 0, string.Join(", ", reached));
        places.ShouldBe(places.Order());
    }

    [Fact]
    public async Task nothing_comes_from_elsewhere_and_the_policy_is_kept()
    {
        var page = await browser.OpenAsync(server.Address);
        var complaints = Watch(page);

        await page.ReloadAsync();
        await page.FindCrowdAsync();
        await page.Locator("#rows button").First.ClickAsync();
        await Expect(page.Locator("#tiles img")).Not.ToHaveCountAsync(0);

        complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task the_explorer_works_without_anything_from_elsewhere()
    {
        var page = await browser.OpenAsync(server.Address);
        var complaints = Watch(page);

        await page.GotoAsync("/docs/");

        await Expect(page.GetByText("Find the faces of an image").First).ToBeVisibleAsync();
        await Expect(page.GetByText("Ask AI")).ToHaveCountAsync(0);
        await Expect(page.GetByText("Generate SDK")).ToHaveCountAsync(0);
        complaints.ShouldBeEmpty();
    }

    private List<string> Watch(IPage page)
    {
        var complaints = new List<string>();
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(server.Address.ToString(), StringComparison.Ordinal)
                && !request.Url.StartsWith("data:", StringComparison.Ordinal)
                && !request.Url.StartsWith("blob:", StringComparison.Ordinal))
            {
                complaints.Add(request.Url);
            }
        };
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                complaints.Add(message.Text);
            }
        };
        page.PageError += (_, fault) => complaints.Add(fault);
        return complaints;
    }

    private static async Task ShouldBeAccessibleAsync(IPage page, string state)
    {
        var result = await page.RunAxe();
        result.Violations.Select(violation =>
            $"{state}: {violation.Id}: {violation.Help}: {string.Join(" | ", violation.Nodes.Select(it => it.Html))}")
            .ShouldBeEmpty();
    }
}
