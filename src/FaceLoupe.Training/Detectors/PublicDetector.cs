using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Models;
using FaceLoupe.Predictions;

namespace FaceLoupe.Training.Detectors;

/// <summary>One public face detector. Safe to use from many threads at once.</summary>
internal sealed class PublicDetector : IDisposable
{
    /// <summary>Two boxes of one detector that overlap by more than this are one face.</summary>
    public const float NmsThreshold = 0.45f;

    private readonly OnnxModel model;

    private PublicDetector(OnnxModel model)
    {
        this.model = model;
        Format = DetectorFormats.Recognise(model);
    }

    public DetectorFormat Format { get; }

    /// <summary>Loads a detector of a known family.</summary>
    /// <exception cref="FaceLoupeException">The file cannot be read, or its family is not known.</exception>
    public static PublicDetector Load(string path)
    {
        var model = OnnxModel.Load(path, threads: 1);
        try
        {
            return new PublicDetector(model);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>Finds faces, best first.</summary>
    /// <param name="picture">The image.</param>
    /// <param name="scale">
    /// How much larger than the image the network sees it, where its input has no fixed size.
    /// </param>
    /// <param name="extraScale">Looks a second time at the image enlarged by this; 0: only once.</param>
    public IReadOnlyList<ScoredBox> Detect(
        Picture picture, float scale = DetectorView.Enlargement, float extraScale = 0)
    {
        var found = new List<ScoredBox>();
        foreach (var view in DetectorView.Plan(picture.Width, picture.Height, Format.Input.Side, scale, extraScale))
        {
            found.AddRange(DetectIn(picture, view).Where(box => box.Box.IsValid));
        }

        var kept = NonMaxSuppression.Keep(
            [.. found.Select(box => box.Box)], [.. found.Select(box => (float)box.Score)], NmsThreshold);
        return Array.ConvertAll(kept, index => found[index]);
    }

    public void Dispose() => model.Dispose();

    private IEnumerable<ScoredBox> DetectIn(Picture picture, DetectorView view)
    {
        var window = Resampler.Crop(picture, view.Region, view.Width, view.Height);
        var input = Format.Input;
        var (width, height) = input.SizeFor(window.Width, window.Height);
        using var outputs = model.Run(input.Name, input.Fill(window), [1, 3, height, width], Format.Outputs.ToArray());
        var values = Enumerable.Range(0, Format.Outputs.Count).Select(i => outputs.Values(i).ToArray()).ToArray();
        return [.. Format.Decode(values, width, height)
            .Where(box => view.ShowsWhole(box.Box, picture.Width, picture.Height))
            .Select(box => box with { Box = view.ToPicture(box.Box), Landmarks = box.Landmarks?.Map(view.ToPicture) })];
    }
}
