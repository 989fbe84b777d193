namespace FaceLoupe.Datasets;

/// <summary>What can be odd in an annotation file that is otherwise readable.</summary>
public enum AnnotationOddity
{
    /// <summary>A listed image has no file: the image was skipped.</summary>
    MissingPicture,

    /// <summary>A box has a width or height of zero or below: the face was skipped.</summary>
    EmptyBox,

    /// <summary>A face carries the flag "invalid": kept, with <see cref="FaceAnnotation.Invalid"/> set.</summary>
    InvalidFace,

    /// <summary>An image is listed again: the later entry was skipped.</summary>
    ListedTwice,

    /// <summary>A box is of another category than the given ones, or than face in a set that has it: skipped.</summary>
    OtherCategory,

    /// <summary>An annotation has neither a box nor an outline: skipped.</summary>
    NoBox,

    /// <summary>A face is given by its outline: the box around that was taken.</summary>
    Outline,

    /// <summary>A face has landmarks beside its box: only the box was kept.</summary>
    Landmarks,
}
