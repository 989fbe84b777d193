using FaceLoupe.Storage;
using Microsoft.ML.OnnxRuntime;

namespace FaceLoupe.Models;

/// <summary>One ONNX network in memory: floats in, floats out. Safe to run from many threads at once.</summary>
internal sealed class OnnxModel : IDisposable
{
    private readonly InferenceSession _session;
    private bool _disposed;

    private OnnxModel(string name, InferenceSession session, string? deviceNote, bool onProcessor)
    {
        OnProcessor = onProcessor;
        Name = name;
        DeviceNote = deviceNote;
        _session = session;
        Inputs = session.InputMetadata.ToDictionary(entry => entry.Key, entry => Describe(entry.Value));
        Outputs = session.OutputMetadata.ToDictionary(entry => entry.Key, entry => Describe(entry.Value));
    }

    /// <summary>What to call the network in messages: its path.</summary>
    public string Name { get; }

    /// <summary>Why it does not run on the requested device; null: it does.</summary>
    public string? DeviceNote { get; }

    /// <summary>Whether it runs on the processor, requested or not.</summary>
    public bool OnProcessor { get; }

    /// <summary>Shapes of the inputs by name, -1 for a free dimension; null if it is not a float tensor.</summary>
    public IReadOnlyDictionary<string, int[]?> Inputs { get; }

    /// <summary>Shapes of the outputs by name, -1 for a free dimension; null if it is not a float tensor.</summary>
    public IReadOnlyDictionary<string, int[]?> Outputs { get; }

    /// <summary>Loads a network.</summary>
    /// <param name="path">The ONNX file.</param>
    /// <param name="threads">Threads for one run; 0 (the default): one per core.</param>
    public static OnnxModel Load(string path, int threads = 0)
    {
        try
        {
            return Load(InputFile.ReadAllBytes(path), path, threads);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new FaceLoupeException($"{path}: the network cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>Loads a network from the bytes of its file.</summary>
    /// <param name="bytes">The content of the ONNX file.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="threads">Threads for one run; 0 (the default): one per core.</param>
    /// <param name="device">What to run it on; the processor where that is not available.</param>
    public static OnnxModel Load(byte[] bytes, string name, int threads = 0, Device device = Device.Cpu)
    {
        string? note = null;
        if (device != Device.Cpu)
        {
            using var accelerated = Options(threads);
            note = ExecutionProvider.TryAdd(accelerated, device);
            try
            {
                if (note is null)
                {
                    return new OnnxModel(name, new InferenceSession(bytes, accelerated), null, onProcessor: false);
                }
            }
            catch (OnnxRuntimeException fault)
            {
                note = ExecutionProvider.Failed(device, fault);
            }
        }

        using var options = Options(threads);
        try
        {
            return new OnnxModel(name, new InferenceSession(bytes, options), note, onProcessor: true);
        }
        catch (OnnxRuntimeException fault)
        {
            throw new FaceLoupeException($"{name}: not an ONNX network that can be run: {OneLine(fault)}", fault);
        }
    }

    /// <summary>Runs the network.</summary>
    /// <param name="input">Name of its only input.</param>
    /// <param name="values">The numbers, row-major; must stay unchanged until the call returns.</param>
    /// <param name="shape">Shape of <paramref name="values"/>.</param>
    /// <param name="outputs">Names of the outputs to return, in order.</param>
    /// <returns>The outputs; dispose them.</returns>
    public OnnxOutputs Run(string input, Memory<float> values, long[] shape, IReadOnlyCollection<string> outputs)
    {
        // A disposed session is a null pointer to the native library, which brings the process down.
        // Those who disposed it know it by its bundle.
        ObjectDisposedException.ThrowIf(_disposed, typeof(ModelBundle));
        using var tensor = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, values, shape);
        using var options = new RunOptions();
        try
        {
            return new OnnxOutputs(_session.Run(options, [input], [tensor], outputs));
        }
        catch (OnnxRuntimeException fault)
        {
            var what = $"{Name}: failed on an input of [{string.Join(", ", shape)}]";
            throw new FaceLoupeException(
                fault.Message.Contains("alloc", StringComparison.OrdinalIgnoreCase)
                    ? $"{what}: too little memory; choose a smaller tileSize in the model's manifest, or a smaller "
                        + "batch."
                    : $"{what}: {OneLine(fault)}",
                fault);
        }
    }

    /// <summary>
    /// Returns the memory of large inputs to the system: ONNX Runtime keeps it for the next one, and releases it only
    /// at the end of a run with that option.
    /// </summary>
    public void ReturnMemory()
    {
        ObjectDisposedException.ThrowIf(_disposed, typeof(ModelBundle));
        if (Inputs.Count != 1 || Inputs.Single() is not { Key: var input, Value: { } expected })
        {
            return;
        }

        const int batch = 1, side = 128;
        long[] shape = [.. expected.Select((size, i) => size > 0 ? size : i == 0 ? batch : (long)side)];
        using var tensor = OrtValue.CreateTensorValueFromMemory(
            OrtMemoryInfo.DefaultInstance, new float[shape.Aggregate(1L, (all, size) => all * size)].AsMemory(), shape);
        using var options = new RunOptions();
        options.AddRunConfigEntry("memory.enable_memory_arena_shrinkage", "cpu:0");
        _session.Run(options, [input], [tensor], [.. Outputs.Keys]).Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        _session.Dispose();
    }

    private static SessionOptions Options(int threads)
    {
        // Before any other object of ONNX Runtime, to turn telemetry off.
        _ = OnnxEnvironment.Instance;
        var options = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, // faults arrive as exceptions; one line each
            IntraOpNumThreads = threads == 0 ? ProcessorCores.Count : threads,
            EnableMemoryPattern = false, // a pattern would be kept for every input shape, and images differ
        };

        // Three networks take turns, each with its own threads: those of the last one would spin on the cores that the
        // next one needs. Without spinning, three small networks in turn ran three times as fast on two busy cores.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");

        // Without VNNI the sum of two products of 8 bits silently overflows 16 bits. ONNX Runtime then turns weights
        // outside of -64 to 63 into unsigned ones and uses kernels that cannot overflow. It would do so with VNNI as
        // well, where nothing overflows and these kernels take half as long again.
        if (ProcessorFeatures.Current.BytesOverflow)
        {
            options.AddSessionConfigEntry("session.x64quantprecision", "1");
        }

        return options;
    }

    private static int[]? Describe(NodeMetadata metadata) =>
        metadata.IsTensor && metadata.ElementType == typeof(float) ? metadata.Dimensions : null;

    private static string OneLine(OnnxRuntimeException fault) => fault.Message.ReplaceLineEndings(" ").Trim();
}
