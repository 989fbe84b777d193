using System.Globalization;
using FaceLoupe.Storage;

namespace FaceLoupe.Datasets;

/// <summary>Walks once through the lines of a WIDER FACE annotation file.</summary>
internal sealed class WiderFaceReader(string file, string[] lines, string imagesFolder)
{
    private readonly AnnotationNotes notes = new();
    private readonly List<AnnotatedPicture> pictures = [];
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private int next;

    public AnnotatedFolder Read()
    {
        while (SkipEmptyLines())
        {
            ReadEntry();
        }

        var report = new AnnotationReport(pictures.Count, pictures.Sum(picture => picture.Faces.Count), notes.ToList());
        return new AnnotatedFolder(imagesFolder, pictures, report);
    }

    private void ReadEntry()
    {
        var nameLine = next;
        var name = PictureNames.InFolder(imagesFolder, lines[next++].Trim());
        if (WiderFaceText.LooksLikeRow(name))
        {
            throw Malformed(
                nameLine, "expected an image name, found one more row of numbers than the count above announced");
        }

        // A name must not lead out of the images folder.
        if (RelativeName.LeadsOut(name))
        {
            throw Malformed(nameLine, $"expected an image name relative to the images folder, found '{name}'");
        }

        var count = ReadCount(name);
        var faces = count == 0 ? [] : ReadFaces(name, count);
        if (count == 0 && SkipEmptyLines() && WiderFaceText.IsRowOfZeros(lines[next]))
        {
            next++;
        }

        Keep(name, nameLine, faces);
    }

    private int ReadCount(string name)
    {
        if (!SkipEmptyLines())
        {
            throw Malformed(lines.Length - 1, $"the file ends before the number of faces of {name}");
        }

        var line = lines[next].Trim();
        return int.TryParse(line, NumberStyles.Integer, CultureInfo.InvariantCulture, out var count) && count >= 0
            ? Advance(count)
            : throw Malformed(next, $"expected the number of faces of {name}, found '{line}'");
    }

    private int Advance(int count)
    {
        next++;
        return count;
    }

    private List<FaceAnnotation> ReadFaces(string name, int count)
    {
        var faces = new List<FaceAnnotation>();
        for (var i = 0; i < count; i++)
        {
            if (!SkipEmptyLines())
            {
                throw Malformed(lines.Length - 1, $"the file ends after {i} of {count} faces of {name}");
            }

            var face = WiderFaceText.ParseRow(lines[next]) ?? throw Malformed(
                next, $"expected row {i + 1} of {count} of {name}, four or ten numbers, found '{lines[next].Trim()}'");
            var place = Place(next, name);
            next++;
            if (!face.Box.IsValid)
            {
                notes.Add(AnnotationOddity.EmptyBox, place);
                continue;
            }

            if (face.Invalid)
            {
                notes.Add(AnnotationOddity.InvalidFace, place);
            }

            faces.Add(face);
        }

        return faces;
    }

    private void Keep(string name, int nameLine, List<FaceAnnotation> faces)
    {
        var path = Path.Combine(imagesFolder, name);
        if (!names.Add(name))
        {
            notes.Add(AnnotationOddity.ListedTwice, Place(nameLine, name));
        }
        else if (!File.Exists(path))
        {
            notes.Add(AnnotationOddity.MissingPicture, Place(nameLine, name));
        }
        else
        {
            pictures.Add(new AnnotatedPicture(name, path, faces));
        }
    }

    /// <summary>Moves to the next line with text; false at the end of the file.</summary>
    private bool SkipEmptyLines()
    {
        while (next < lines.Length && string.IsNullOrWhiteSpace(lines[next]))
        {
            next++;
        }

        return next < lines.Length;
    }

    private static string Place(int line, string name) =>
        string.Create(CultureInfo.InvariantCulture, $"line {line + 1}, {name}");

    private FaceLoupeException Malformed(int line, string what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{file}, line {Math.Max(line, 0) + 1}: {what}."));
}
