using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FaceLoupe.Web.Tests.Page;

/// <summary>What a person does with the page, and what can be seen on it.</summary>
internal static class PageDriver
{
    /// <summary>Drops a file onto the page, as from a file manager.</summary>
    public static Task DropAsync(this IPage page, byte[] file, string name = "crowd.png", string type = "image/png") =>
        page.EvaluateAsync(
            """
            ([bytes, name, type]) => {
              const transfer = new DataTransfer();
              const content = Uint8Array.from(atob(bytes), letter => letter.charCodeAt(0));
              transfer.items.add(new File([content], name, { type }));
              for (const kind of ["dragenter", "dragover", "drop"]) {
                document.getElementById("stage").dispatchEvent(
                  new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: transfer }));
              }
            }
            """,
            new[] { Convert.ToBase64String(file), name, type });

    /// <summary>Pastes a file, as after copying an image.</summary>
    public static Task PasteAsync(this IPage page, byte[] file) => page.EvaluateAsync(
        """
        bytes => {
          const clipboardData = new DataTransfer();
          const content = Uint8Array.from(atob(bytes), letter => letter.charCodeAt(0));
          clipboardData.items.add(new File([content], "image.png", { type: "image/png" }));
          document.dispatchEvent(new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData }));
        }
        """,
        Convert.ToBase64String(file));

    /// <summary>Waits until all that can be known of an image is shown.</summary>
    public static Task UntilFinishedAsync(this IPage page) => Expect(page.Locator("#save")).ToBeVisibleAsync();

    /// <summary>Drops the tiny model's crowd and waits for its faces.</summary>
    public static async Task FindCrowdAsync(this IPage page)
    {
        await page.DropAsync(Scenes.CrowdPng);
        await page.UntilFinishedAsync();
    }

    /// <summary>Moves the slider of the lowest score.</summary>
    public static Task SlideAsync(this IPage page, double score) => page.Locator("#score").EvaluateAsync(
        "(slider, value) => { slider.value = value; slider.dispatchEvent(new Event('input', { bubbles: true })); }",
        score);

    /// <summary>
    /// Keeps what can be seen in the folder of the variable FACELOUPE_SCREENSHOTS, for a person to look at.
    /// </summary>
    public static Task KeepAsync(this IPage page, string name) =>
        Environment.GetEnvironmentVariable("FACELOUPE_SCREENSHOTS") is { Length: > 0 } folder
            ? page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png") })
            : Task.CompletedTask;

    public static ILocator Count(this IPage page) => page.Locator("#count strong");

    /// <summary>Where a place of the image is on the screen, when the whole image is fitted in.</summary>
    public static async Task<(float X, float Y, float Scale)> OnScreenAsync(this IPage page, float x, float y)
    {
        var canvas = (await page.Locator("#view").BoundingBoxAsync())!;
        var scale = Math.Min(8, Math.Min(canvas.Width / Scenes.Width, canvas.Height / Scenes.Height));
        return (
            canvas.X + ((canvas.Width - (Scenes.Width * scale)) / 2) + (x * scale),
            canvas.Y + ((canvas.Height - (Scenes.Height * scale)) / 2) + (y * scale),
            scale);
    }

    /// <summary>Whether a yellow frame lies around a box: at the middle of each of its four sides.</summary>
    public static async Task<bool> IsFramedAsync(this IPage page, Box box)
    {
        var screen = PictureFile.Decode(await page.ScreenshotAsync(), "screenshot");
        var (left, top, scale) = await page.OnScreenAsync(box.X, box.Y);
        var (right, bottom) = (left + (box.Width * scale), top + (box.Height * scale));
        return new[]
        {
            (left - 1, (top + bottom) / 2), (right + 1, (top + bottom) / 2),
            ((left + right) / 2, top - 1), ((left + right) / 2, bottom + 1),
        }.All(place => HasYellowNear(screen, (int)place.Item1, (int)place.Item2));
    }

    private static bool HasYellowNear(Picture screen, int x, int y)
    {
        for (var dy = -2; dy <= 2; dy++)
        {
            for (var dx = -2; dx <= 2; dx++)
            {
                var at = screen.OffsetOf(
                    Math.Clamp(x + dx, 0, screen.Width - 1), Math.Clamp(y + dy, 0, screen.Height - 1));
                if (screen.Pixels[at] > 200 && screen.Pixels[at + 1] > 190 && screen.Pixels[at + 2] < 120)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
