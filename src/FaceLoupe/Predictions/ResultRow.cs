
namespace FaceLoupe.Predictions;

/// <summary>The result of one input: its faces, or why it failed.</summary>
/// <param name="Image">Its path, as given or found.</param>
/// <param name="Picture">What was found; null: it failed.</param>
/// <param name="Error">Why it failed; null: it did not.</param>
internal sealed record ResultRow(string Image, PictureFaces? Picture, string? Error)
{
    /// <summary>The status of a searched image, with faces or without.</summary>
    public const string Ok = "ok";

    /// <summary>The status of what failed.</summary>
    public const string Failed = "failed";

    /// <summary>The identifier of the sample that the image belongs to in a data set; null: it is in none.</summary>
    public string? Sample { get; init; }

    /// <summary>The row of an image or frame.</summary>
    public static ResultRow Of(PictureFaces picture) => new(picture.Image, picture, null) { Sample = picture.Sample };

    /// <summary>The row of an input that failed.</summary>
    public static ResultRow Of(InputFault fault) => new(fault.Image, null, fault.Message);
}
