using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FaceLoupe.Web.Tests.Page;

/// <summary>What the page shows while lines come in, one at a time; the test says what the server says.</summary>
[Collection(nameof(SharedBrowser))]
public sealed class EarlyFacesTests(Browser browser, LoopbackServer server)
{
    private const string Picture = """{"type":"picture","width":200,"height":150}""";

    private static string Small => Place(Scenes.Small, 0.99);

    private static string Large => Place(Scenes.Large, 0.97);

    [Fact]
    public async Task sure_faces_are_framed_before_the_first_stage_is_done_and_the_result_replaces_them()
    {
        var page = await OpenAsync();

        await TellAsync(page, Picture, $$"""{"type":"early","part":0.2,"proposals":[]}""");
        await Expect(page.Count()).ToHaveTextAsync("0 faces so far");
        await TellAsync(page, $$"""{"type":"early","part":0.4,"proposals":[{{Large}}]}""");
        await Expect(page.Count()).ToHaveTextAsync("1 face so far");
        await TellAsync(
            page, $$"""{"type":"early","part":0.6,"proposals":[{{Small}},{{Place(Scenes.Medium, 0.3)}}]}""");

        await Expect(page.Count()).ToHaveTextAsync("2 faces so far");
        await Expect(page.Locator("#progress-bar")).ToHaveJSPropertyAsync("value", 0.6);
        (await page.IsFramedAsync(Scenes.Large)).ShouldBeTrue();
        (await page.IsFramedAsync(Scenes.Small)).ShouldBeTrue();
        (await page.IsFramedAsync(Scenes.Medium)).ShouldBeFalse();
        await Expect(page.Locator("#save")).ToBeHiddenAsync();
        await page.KeepAsync("early");

        // The first stage ends: one place is left, the other was a part of something larger.
        await TellAsync(page, $$"""{"type":"proposals","proposals":[{{Large}}]}""");
        await Expect(page.Count()).ToHaveTextAsync("1 face so far");
        (await page.IsFramedAsync(Scenes.Small)).ShouldBeFalse();
        await TellAsync(page, $$"""{"type":"faces","done":1,"faces":[{{Face(0.98)}}]}""");
        await Expect(page.Count()).ToHaveTextAsync("1 face so far");
        await TellAsync(page, $$$"""
            {"type":"result","result":{"images":[
              {"image":"crowd.png","width":200,"height":150,"faces":[{{{Face(0.98)}}}]}]}}
            """);
        await page.EvaluateAsync("() => window.over()");

        await page.UntilFinishedAsync();
        await Expect(page.Count()).ToHaveTextAsync("1 face");
        (await page.IsFramedAsync(Scenes.Large)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("breaks")]
    [InlineData("over")]
    public async Task an_answer_that_breaks_off_is_reported_and_never_passes_for_a_result(string end)
    {
        var page = await OpenAsync();
        await TellAsync(page, Picture, $$"""{"type":"early","part":0.5,"proposals":[{{Large}}]}""");
        await Expect(page.Count()).ToHaveTextAsync("1 face so far");

        await page.EvaluateAsync($"() => window.{end}()");

        await Expect(page.Locator("#problem-title")).ToHaveTextAsync("The server is not responding");
        await Expect(page.Count()).ToHaveTextAsync("Not finished");
        await Expect(page.Locator("#save")).ToBeHiddenAsync();
        await Expect(page.Locator("#progress")).ToBeHiddenAsync();
        await Expect(page.Locator("#rows tr")).ToHaveCountAsync(0);
        await Expect(page.Locator("#retry")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task stop_keeps_what_was_found_and_the_status_no_longer_says_that_it_is_looking()
    {
        var page = await OpenAsync();
        await TellAsync(page, Picture, $$"""{"type":"early","part":0.5,"proposals":[{{Large}}]}""");
        await Expect(page.Locator("#status")).ToHaveTextAsync("Looking for faces.");
        await Expect(page.Count()).ToHaveTextAsync("1 face so far");

        await page.Locator("#stop").ClickAsync();

        await Expect(page.Locator("#problem-title")).ToHaveTextAsync("Stopped");
        await Expect(page.Locator("#status")).ToBeEmptyAsync();
        (await page.IsFramedAsync(Scenes.Large)).ShouldBeTrue();
    }

    [Fact]
    public async Task a_line_in_two_parts_is_one_line()
    {
        var page = await OpenAsync();
        var line = $$"""{"type":"early","part":0.5,"proposals":[{{Large}}]}""";
        await TellAsync(page, Picture);

        await page.EvaluateAsync("text => window.tell(text)", line[..20]);
        await page.EvaluateAsync("text => window.tell(text)", line[20..] + "\n");

        await Expect(page.Count()).ToHaveTextAsync("1 face so far");
    }

    // The page asks a stand-in for the detection, which says what tell() is told.
    private async Task<IPage> OpenAsync()
    {
        var page = await browser.OpenAsync(server.Address);
        await page.EvaluateAsync(
            """
            () => {
              const real = window.fetch;
              window.fetch = (address, options) => {
                if (!String(address).startsWith("v1/detect?stream=early")) {
                  return real(address, options);
                }
                const body = new ReadableStream({
                  start(lines) {
                    window.tell = text => lines.enqueue(new TextEncoder().encode(text));
                    window.over = () => lines.close();
                    window.breaks = () => lines.error(new TypeError("network error"));
                  },
                });
                return Promise.resolve(new Response(body));
              };
            }
            """);
        await page.DropAsync(Scenes.CrowdPng);
        await page.WaitForFunctionAsync("() => window.tell");
        return page;
    }

    private static async Task TellAsync(IPage page, params string[] lines)
    {
        foreach (var line in lines)
        {
            await page.EvaluateAsync("text => window.tell(text)", line.ReplaceLineEndings("").Trim() + "\n");
        }
    }

    private static string Place(Geometry.Box box, double score) => FormattableString.Invariant(
        $$$"""
        {"x":{{{box.X}}},"y":{{{box.Y}}},"width":{{{box.Width}}},"height":{{{box.Height}}},"score":{{{score}}}}
        """);

    private static string Face(double score) => FormattableString.Invariant(
        $$$"""
        {{{Place(Scenes.Large, score)[..^1]}}},"logit":4,"stage1Score":0.97,"stage1Logit":3.5,
        "stage2Score":0.9,"stage2Logit":2,"proposal":{{{Place(Scenes.Large, score)}}}}
        """);
}
