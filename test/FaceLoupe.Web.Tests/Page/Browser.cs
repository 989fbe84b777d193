using System.ComponentModel;
using Microsoft.Playwright;

namespace FaceLoupe.Web.Tests.Page;

/// <summary>The system's Chromium, without a window; or the reason why there is none.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Why there is no browser; null: there is one.</summary>
    public string? Missing { get; private set; }

    public async ValueTask InitializeAsync()
    {
        if (Find() is not { } program)
        {
            Missing = "There is no Chromium on this machine (Debian: apt-get install chromium).";
            return;
        }

        try
        {
            _playwright = await Playwright.CreateAsync();
            _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = program,
                Args = ["--no-sandbox", "--disable-gpu"],
                Timeout = 120_000,
            });
        }
        catch (Exception fault) when (fault is PlaywrightException or IOException or Win32Exception)
        {
            Missing = $"{program} cannot be driven: {fault.Message.ReplaceLineEndings(" ")}";
        }
    }

    /// <summary>A fresh page of a fresh person; the test is skipped where there is no browser.</summary>
    public async Task<IPage> OpenAsync(Uri address, BrowserNewContextOptions? options = null)
    {
        Assert.SkipWhen(_browser is null, Missing ?? "There is no browser.");
        options ??= new BrowserNewContextOptions();
        options.BaseURL = address.ToString();
        options.ViewportSize ??= new ViewportSize { Width = 1280, Height = 800 };
        Assertions.SetDefaultExpectTimeout(60_000);
        var context = await _browser!.NewContextAsync(options);
        context.SetDefaultTimeout(90_000);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/");
        await Assertions.Expect(page.Locator("#limits")).ToContainTextAsync("MB", new() { Timeout = 60_000 });
        return page;
    }

    /// <summary>A page that lies in a file; the test is skipped where there is no browser.</summary>
    public async Task<IPage> OpenFileAsync(string path)
    {
        Assert.SkipWhen(_browser is null, Missing ?? "There is no browser.");
        var context = await _browser!.NewContextAsync(
            new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1280, Height = 800 } });
        context.SetDefaultTimeout(90_000);
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(path).AbsoluteUri);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    private static string? Find() => (
        from folder in (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
        from name in Names
        let path = Path.Combine(folder, name)
        where File.Exists(path)
        select path).FirstOrDefault();
}
