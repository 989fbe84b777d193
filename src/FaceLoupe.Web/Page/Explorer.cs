using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scalar.AspNetCore;

namespace FaceLoupe.Web.Page;

/// <summary>
/// The page that explores the interface. Its scripts and styles carry a nonce, so that the policy needs no
/// "unsafe-inline".
/// </summary>
internal static class Explorer
{
    /// <summary>Where it is.</summary>
    public const string Path = "/docs";

    private const string Key = "FaceLoupe.ExplorerNonce";
    private const int NonceBytes = 18;

    public static void MapExplorer(this IEndpointRouteBuilder routes) =>
        routes.MapScalarApiReference(Path, (explorer, context) =>
        {
            var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(NonceBytes));
            context.Items[Key] = nonce;
            explorer.Title = "FaceLoupe: HTTP interface";
            explorer.DefaultFonts = false;
            explorer.WithNonce(nonce).AddHeadContent(Head(nonce));

            // Links to the services of the explorer's vendor.
            explorer.DisableAgent().DisableMcp().DisableTelemetry().HideDeveloperTools().HideClientButton();
        });

    /// <summary>The nonce of a response that is the explorer's page; null: another response.</summary>
    public static string? NonceOf(HttpContext context) =>
        context.Items.TryGetValue(Key, out var nonce) ? (string?)nonce : null;

    // The explorer reads the number for one of its styles; those of its theme and its editor it makes without,
    // and some it sets as attributes, by name or within markup, which under such a policy only the object model may.
    private static string Head(string nonce) =>
        $$"""
        <meta property="csp-nonce" content="{{nonce}}" />
            <script nonce="{{nonce}}">
                const create = document.createElement.bind(document);
                document.createElement = (name, options) => {
                    const element = create(name, options);
                    if (element instanceof HTMLStyleElement) {
                        element.nonce = "{{nonce}}";
                    }
                    return element;
                };
                const set = Element.prototype.setAttribute;
                Element.prototype.setAttribute = function (name, value) {
                    if (name === "style" && this.style) {
                        this.style.cssText = value;
                    } else {
                        set.call(this, name, value);
                    }
                };
                const html = Object.getOwnPropertyDescriptor(Element.prototype, "innerHTML");
                Object.defineProperty(Element.prototype, "innerHTML", {
                    ...html,
                    set(value) {
                        html.set.call(this, String(value).replaceAll(' style="', ' data-style="'));
                        for (const element of (this.content ?? this).querySelectorAll("[data-style]")) {
                            element.style.cssText = element.dataset.style;
                        }
                    },
                });
            </script>
        """;
}
