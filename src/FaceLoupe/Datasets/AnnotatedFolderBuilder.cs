using FaceLoupe.Storage;

namespace FaceLoupe.Datasets;

/// <summary>The common part of all readers of annotations: checks boxes, finds images, notes oddities.</summary>
/// <param name="imagesFolder">The folder that images' names are relative to.</param>
internal sealed class AnnotatedFolderBuilder(string imagesFolder)
{
    private readonly AnnotationNotes _notes = new();
    private readonly List<AnnotatedPicture> _pictures = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>Refuses a folder that is not there.</summary>
    public static void RequireFolder(string folder, string expected)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!Directory.Exists(folder))
        {
            throw new FaceLoupeException($"{folder}: no such folder; expected {expected}.");
        }
    }

    /// <summary>Notes an oddity that only the reader of a format can detect.</summary>
    public void Note(AnnotationOddity oddity, string place) => _notes.Add(oddity, place);

    /// <summary>Adds an image.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="place">Where it is listed, for notes.</param>
    /// <param name="faces">Its faces, each with the place where it is listed.</param>
    public void Add(string name, string place, IEnumerable<(FaceAnnotation Face, string Place)> faces)
    {
        name = PictureNames.InFolder(imagesFolder, name);

        // A name must not lead out of the images folder.
        if (RelativeName.LeadsOut(name))
        {
            throw new FaceLoupeException(
                $"{place}: expected an image's name relative to the images folder, found '{name}'.");
        }

        var path = Path.Combine(imagesFolder, name);
        if (!_names.Add(name))
        {
            _notes.Add(AnnotationOddity.ListedTwice, $"{place}, {name}");
        }
        else if (!File.Exists(path))
        {
            _notes.Add(AnnotationOddity.MissingPicture, $"{place}, {name}");
        }
        else
        {
            _pictures.Add(new AnnotatedPicture(name, path, [.. faces.Where(Keep).Select(face => face.Face)]));
        }
    }

    /// <summary>The folder with its report.</summary>
    public AnnotatedFolder Build() => new(
        imagesFolder,
        _pictures,
        new AnnotationReport(_pictures.Count, _pictures.Sum(picture => picture.Faces.Count), _notes.ToList()));

    private bool Keep((FaceAnnotation Face, string Place) entry)
    {
        if (!entry.Face.Box.IsValid)
        {
            _notes.Add(AnnotationOddity.EmptyBox, entry.Place);
            return false;
        }

        if (entry.Face.Invalid)
        {
            _notes.Add(AnnotationOddity.InvalidFace, entry.Place);
        }

        return true;
    }
}
