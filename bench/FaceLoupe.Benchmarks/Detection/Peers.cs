using FaceLoupe.Imaging;
using Microsoft.ML.OnnxRuntime;

namespace FaceLoupe.Benchmarks.Detection;

/// <summary>
/// Other detectors, from the shared folder: resampling, filling the input and running the network. Their boxes are not
/// even decoded, which favours them.
/// </summary>
internal sealed class Peers(string folder) : IDisposable
{
    private readonly List<InferenceSession> sessions = [];

    private static readonly (string File, string Input, float Scale, bool Rgb, float[] Mean, float Divisor)[] Known =
    [
        ("yunet_n_dynamic.onnx", "input", 1, false, [0, 0, 0], 1),
        ("yunet_n_dynamic.onnx", "input", 2, false, [0, 0, 0], 1),
        ("eresfd_dynamic.onnx", "input", 2, true, [123, 117, 104], 1),
        ("dbface_mb3.onnx", "inputs", 2, false, [0, 0, 0], 1),
        ("scrfd_2.5g_kps.onnx", "images", 0, true, [127.5f, 127.5f, 127.5f], 128),
        ("extd_64_dynamic.onnx", "input", 2, true, [123, 117, 104], 1),
    ];

    /// <summary>The peers that are there; scale 0 means letterboxed to 640x640.</summary>
    public IEnumerable<Subject> On(Picture picture)
    {
        foreach (var peer in Known)
        {
            var path = Path.Combine(folder, peer.File);
            if (File.Exists(path))
            {
                // As many threads as ours have: left to itself ONNX Runtime takes some virtual machines for one core.
                using var options = new SessionOptions { IntraOpNumThreads = Environment.ProcessorCount };
                var session = new InferenceSession(path, options);
                sessions.Add(session);
                var input = session.InputNames.Contains(peer.Input) ? peer.Input : session.InputNames[0];
                var name = $"{Path.GetFileNameWithoutExtension(path)}, {(peer.Scale == 0 ? "640" : $"x{peer.Scale}")}";
                yield return new Subject(
                    name, () => Run(session, input, picture, peer.Scale, peer.Rgb, peer.Mean, peer.Divisor));
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => sessions.ForEach(session => session.Dispose());

    private static void Run(
        InferenceSession session, string input, Picture picture, float scale, bool rgb, float[] mean, float divisor)
    {
        var (width, height) = (640, 640);
        if (scale == 0)
        {
            scale = 640f / Math.Max(picture.Width, picture.Height);
        }
        else
        {
            (width, height) = (RoundUp(picture.Width * scale), RoundUp(picture.Height * scale));
        }

        var resized = Resampler.Resize(picture, (int)(picture.Width * scale), (int)(picture.Height * scale));
        var values = new float[3 * width * height];
        for (var c = 0; c < 3; c++)
        {
            var plane = values.AsSpan(c * width * height, width * height);
            for (var y = 0; y < resized.Height; y++)
            {
                var from = resized.OffsetOf(0, y) + (rgb ? c : 2 - c);
                var row = plane.Slice(y * width, resized.Width);
                for (var x = 0; x < row.Length; x++, from += 3)
                {
                    row[x] = (resized.Pixels[from] - mean[c]) / divisor;
                }
            }
        }

        using var tensor = OrtValue.CreateTensorValueFromMemory(values, [1, 3, height, width]);
        using var options = new RunOptions();
        using var outputs = session.Run(options, [input], [tensor], session.OutputNames);
    }

    private static int RoundUp(float side) => ((int)side + 31) / 32 * 32;
}
