using FaceLoupe.Evaluation.Matlab;
using FaceLoupe.Geometry;

namespace FaceLoupe.Evaluation.Wider;

/// <summary>The official ground truth of the WIDER FACE validation set.</summary>
/// <param name="Pictures">All images, event by event, as the files list them.</param>
public sealed record WiderFaceGroundTruth(IReadOnlyList<WiderFacePicture> Pictures)
{
    private const string FacesFile = "wider_face_val.mat";
    private static readonly string[] SettingFiles =
        ["wider_easy_val.mat", "wider_medium_val.mat", "wider_hard_val.mat"];

    /// <summary>How many faces count in a setting.</summary>
    public int CountOf(WiderFaceSetting setting) => Pictures.Sum(picture => picture.CountOf(setting));

    /// <summary>Reads the four MATLAB files as the benchmark's site has them.</summary>
    /// <param name="folder">The folder with <c>wider_{face,easy,medium,hard}_val.mat</c>.</param>
    /// <exception cref="FaceLoupeException">A file is missing, damaged or of another shape.</exception>
    public static WiderFaceGroundTruth Read(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (Array.Find([FacesFile, .. SettingFiles], name => !File.Exists(Path.Combine(folder, name))) is { } missing)
        {
            throw new FaceLoupeException(
                $"{folder}: holds no {missing}; expected the official ground truth "
                + $"wider_{{face,easy,medium,hard}}_val.mat.");
        }

        var faces = MatlabFile.Read(Path.Combine(folder, FacesFile));
        var settings = Array.ConvertAll(SettingFiles, name => MatlabFile.Read(Path.Combine(folder, name)));
        return Of(faces, settings);
    }

    /// <summary>Takes the ground truth from the four files: all faces, then one file per setting.</summary>
    internal static WiderFaceGroundTruth Of(MatlabFile faces, IReadOnlyList<MatlabFile> settings)
    {
        var events = faces.Get<MatlabCells>("event_list").Values;
        var files = faces.Get<MatlabCells>("file_list").Values;
        var boxes = faces.Get<MatlabCells>("face_bbx_list").Values;
        var kept = settings.Select(setting => (setting.Path, Lists: setting.Get<MatlabCells>("gt_list").Values))
            .ToArray();
        var pictures = new List<WiderFacePicture>();
        for (var e = 0; e < events.Length; e++)
        {
            var name = Text(events[e], faces.Path);
            var names = Cells(files, e, faces.Path);
            for (var p = 0; p < names.Length; p++)
            {
                var found = Boxes(At(Cells(boxes, e, faces.Path), p, faces.Path), faces.Path);
                pictures.Add(new WiderFacePicture(name, Text(names[p], faces.Path), found,
                    [.. kept.Select(setting => Marks(
                        At(Cells(setting.Lists, e, setting.Path), p, setting.Path), found.Length, setting.Path))]));
            }
        }

        return pictures.Count > 0 ? new WiderFaceGroundTruth(pictures) : throw Odd(faces.Path, "no images");
    }

    private static bool[] Marks(MatlabValue value, int faces, string path)
    {
        var marks = new bool[faces];
        foreach (var index in (value as MatlabNumbers ?? throw Odd(path, "indices that are not numbers")).Values)
        {
            if (!(index >= 1 && index <= faces))
            {
                throw Odd(path, FormattableString.Invariant($"the face {index} of {faces}"));
            }

            marks[(int)index - 1] = true;
        }

        return marks;
    }

    private static Box[] Boxes(MatlabValue value, string path)
    {
        if (value is not MatlabNumbers numbers || (numbers.Values.Length > 0 && numbers.Columns != 4)
            || !numbers.Values.All(double.IsFinite))
        {
            throw Odd(path, "faces that are not rows of four finite numbers");
        }

        return numbers.Values.Length == 0 ? [] : [.. Enumerable.Range(0, numbers.Rows).Select(row => new Box(
            (float)numbers[row, 0], (float)numbers[row, 1], (float)numbers[row, 2], (float)numbers[row, 3]))];
    }

    private static MatlabValue[] Cells(MatlabValue[] list, int index, string path) =>
        (At(list, index, path) as MatlabCells ?? throw Odd(path, "an event that is not a list of images")).Values;

    private static MatlabValue At(MatlabValue[] list, int index, string path) =>
        index < list.Length ? list[index] : throw Odd(path, "lists of different lengths");

    private static string Text(MatlabValue value, string path) => value switch
    {
        MatlabText text => text.Value,
        MatlabCells { Values: [MatlabText text] } => text.Value,
        _ => throw Odd(path, "a name that is not text"),
    };

    private static FaceLoupeException Odd(string path, string what) =>
        new($"{path}: not ground truth as WIDER FACE publishes it: holds {what}; fetch it again.");
}
