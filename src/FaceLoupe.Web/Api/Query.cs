using System.Globalization;
using FaceLoupe.Anonymising;
using FaceLoupe.Imaging;
using FaceLoupe.Web.Problems;
using Microsoft.AspNetCore.Http;

namespace FaceLoupe.Web.Api;

/// <summary>The parameters of a request, read strictly: a misspelt one would otherwise be ignored silently.</summary>
internal sealed class Query
{
    private readonly IQueryCollection _values;

    /// <summary>Takes the parameters of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="known">The names it may use.</param>
    /// <exception cref="RequestRefusedException">A name is unknown or repeated: 400.</exception>
    public Query(HttpRequest request, params string[] known)
    {
        _values = request.Query;
        foreach (var (name, values) in _values)
        {
            if (!known.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                var choice = known.Length == 0 ? "this takes none" : $"known are {string.Join(", ", known)}";
                throw RequestRefusedException.BadParameter($"There is no parameter '{name}'; {choice}.");
            }

            if (values.Count > 1)
            {
                throw RequestRefusedException.BadParameter($"The parameter '{name}' is given {values.Count} times.");
            }
        }
    }

    /// <summary>Options of a detector: <c>minScore</c>, <c>stages</c> and <c>landmarks</c>.</summary>
    public DetectorOptions Detector => new()
    {
        MinScore = Text("minScore") is { } score ? Share("minScore", score) : null,
        Stages = Choice(
            "stages", DetectionStages.Both, ("1", DetectionStages.ProposalsOnly), ("2", DetectionStages.Both)),
        Landmarks = Choice("landmarks", false, ("true", true), ("false", false)),
    };

    /// <summary>
    /// How faces are hidden: <c>minScore</c>, <c>targetRecall</c>, <c>stages</c>, <c>mask</c>, <c>shape</c>,
    /// <c>maskScale</c>, <c>feather</c> and <c>color</c>, with the defaults of the command and the library.
    /// </summary>
    public AnonymiserOptions Anonymiser => new()
    {
        MinScore = Detector.MinScore,
        Stages = Detector.Stages,
        TargetRecall = Text("targetRecall") is { } recall ? Share("targetRecall", recall) : null,
        Mask = Mask,
    };

    private MaskOptions Mask
    {
        get
        {
            var usual = new MaskOptions();
            var kind = Choice(
                "mask", usual.Kind, ("pixelate", MaskKind.Pixelate), ("solid", MaskKind.Solid),
                    ("gaussian", MaskKind.Gaussian));
            return kind != MaskKind.Solid && Text("color") is not null
                ? throw RequestRefusedException.BadParameter("color is for mask=solid only.")
                : new MaskOptions
                {
                    Kind = kind,
                    Shape = Choice("shape", usual.Shape, ("ellipse", MaskShape.Ellipse), ("box", MaskShape.Box)),
                    Scale = Text("maskScale") is { } scale ? MaskScale(scale) : usual.Scale,
                    Feather = Text("feather") is { } feather ? Share("feather", feather) : usual.Feather,
                    Color = Text("color") is { } color ? Color(color) : usual.Color,
                };
        }
    }

    /// <summary>Whether damaged images are refused: <c>strict</c>.</summary>
    /// <param name="otherwise">Where it is not given.</param>
    public bool Strict(bool otherwise) => Choice("strict", otherwise, ("true", true), ("false", false));

    /// <summary>What is streamed: <c>stream</c>.</summary>
    public StreamDetail Stream => Choice(
        "stream",
        StreamDetail.None,
        ("true", StreamDetail.Stages),
        ("false", StreamDetail.None),
        ("early", StreamDetail.Tiles));

    /// <summary>Format of an image in the response: <c>format</c>.</summary>
    public PictureFormat Format => Choice(
        "format",
        PictureFormat.Jpeg,
        ("jpeg", PictureFormat.Jpeg),
        ("png", PictureFormat.Png),
        ("webp", PictureFormat.Webp));

    private string? Text(string name) => _values.TryGetValue(name, out var value) ? value.ToString() : null;

    private static float Share(string name, string text) =>
        float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= 1
            ? value
            : throw RequestRefusedException.BadParameter($"{name} is '{text}', not a number from 0 to 1.");

    private static float MaskScale(string text) =>
        float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is >= 1 and <= 5
            ? value
            : throw RequestRefusedException.BadParameter($"maskScale is '{text}', not a number from 1 to 5.");

    private static MaskColor Color(string text) => MaskColor.TryParse(text, out var color)
        ? color
        : throw RequestRefusedException.BadParameter($"color is '{text}', not RRGGBB, black, white or grey.");

    private T Choice<T>(string name, T otherwise, params (string Text, T Value)[] choices)
    {
        if (Text(name) is not { } given)
        {
            return otherwise;
        }

        foreach (var (text, value) in choices)
        {
            if (text.Equals(given, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        throw RequestRefusedException.BadParameter(
            $"{name} is '{given}', not {string.Join(" or ", choices.Select(choice => choice.Text))}.");
    }
}
