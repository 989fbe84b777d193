using FaceLoupe.Imaging;

namespace FaceLoupe.Proposals;

/// <summary>
/// Step 1 from a file: recorded boxes of any detector, in the text layout of WIDER FACE submissions (image name, number
/// of boxes, then <c>x y w h score</c> per box).
/// </summary>
public sealed class RecordedProposals : IProposalSource
{
    private readonly string _path;
    private readonly RecordedScores _scores;
    private readonly Dictionary<string, IReadOnlyList<Proposal>>? _ofFile;

    private RecordedProposals(string path, RecordedScores scores, Dictionary<string, IReadOnlyList<Proposal>>? ofFile)
    {
        _path = path;
        _scores = scores;
        _ofFile = ofFile;
    }

    /// <summary>Opens recorded boxes.</summary>
    /// <param name="path">
    /// A text file with one or more images, or a folder with one <c>NAME.txt</c> per image, with or without the images'
    /// subfolders (events).
    /// </param>
    /// <param name="scores">What the scores are. Default: probabilities.</param>
    /// <exception cref="FaceLoupeException">There is no such file or folder, or it has another layout.</exception>
    public static RecordedProposals Open(string path, RecordedScores scores = RecordedScores.Probability)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
        {
            return new RecordedProposals(path, scores, null);
        }

        var pictures = new Dictionary<string, IReadOnlyList<Proposal>>(StringComparer.Ordinal);
        foreach (var (name, proposals) in RecordedProposalsText.Read(path, scores))
        {
            var key = Keys(name).FirstOrDefault() ?? throw new FaceLoupeException(
                $"{path}: '{name}' is not an image name; expected its path, relative to the folder of the images.");
            if (!pictures.TryAdd(key, proposals))
            {
                throw new FaceLoupeException($"{path}: lists the image '{name}' twice; keep one of the two.");
            }
        }

        return new RecordedProposals(path, scores, pictures);
    }

    /// <summary>The boxes recorded for an image, best first.</summary>
    /// <param name="picture">Ignored.</param>
    /// <param name="name">The image's path or name; looked up without its extension.</param>
    /// <param name="cancellationToken">Ignored: reading is quick.</param>
    /// <exception cref="FaceLoupeException">Nothing is recorded for this image.</exception>
    public IReadOnlyList<Proposal> Propose(Picture picture, string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        foreach (var key in Keys(name))
        {
            if (_ofFile is not null)
            {
                if (_ofFile.TryGetValue(key, out var proposals))
                {
                    return proposals;
                }
            }
            else if (Path.Combine(_path, key + ".txt") is var file && File.Exists(file))
            {
                return [.. RecordedProposalsText.Read(file, _scores).SelectMany(entry => entry.Proposals)];
            }
        }

        throw new FaceLoupeException(
            $"{_path}: holds no recorded boxes for the image '{name}'; record them or leave the image out.");
    }

    // From the most to the least precise: a/b/c, b/c, c for "/a/b/c.jpg".
    private static IEnumerable<string> Keys(string name)
    {
        var parts = name.Split(['/', '\\'], StringSplitOptions.RemoveEmptyEntries)
            .Where(part => part is not "." and not ".." && !part.Contains(':', StringComparison.Ordinal)).ToArray();
        if (parts.Length > 0 && PictureFile.HasPictureExtension(parts[^1]))
        {
            parts[^1] = Path.GetFileNameWithoutExtension(parts[^1]);
        }

        for (var from = 0; from < parts.Length; from++)
        {
            yield return string.Join('/', parts[from..]);
        }
    }
}
