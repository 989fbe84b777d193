using System.Text.Json.Nodes;
using FaceLoupe.Cli.Reports;

namespace FaceLoupe.Cli.Diagnosis;

/// <summary>One finding of <c>faceloupe doctor</c>.</summary>
/// <param name="Key">Its key in JSON, such as <c>onnxRuntime</c>.</param>
/// <param name="Title">Its title in text.</param>
/// <param name="Values">What was found.</param>
/// <param name="Fault">What keeps the program from working, and what to do; null: nothing.</param>
internal sealed record Finding(string Key, string Title, IReadOnlyList<string> Values, string? Fault = null)
{
    /// <summary>A finding of one value.</summary>
    public Finding(string key, string title, string value)
        : this(key, title, [value])
    {
    }

    /// <summary>
    /// A finding whose lookup may fail in any way; the failure becomes the fault, so that the rest is reported.
    /// </summary>
    public static Finding Of(string key, string title, Func<IReadOnlyList<string>> look)
    {
        try
        {
            return new Finding(key, title, look());
        }
#pragma warning disable CA1031 // Missing native libraries throw all kinds of exceptions, and doctor must report them.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            return new Finding(key, title, [], Innermost(fault).Message.ReplaceLineEndings(" "));
        }
    }

    /// <summary>The finding in JSON.</summary>
    public JsonNode ToJson() => Fault is not null ? new JsonObject { ["fault"] = Fault }
        : Values is [var only] && !IsList ? only
        : JsonReport.Array(Values);

    /// <summary>Whether the value in JSON is a list even if there is only one.</summary>
    public bool IsList { get; init; }

    // The loader's message is in the innermost exception; the type whose first use failed does not matter.
    private static Exception Innermost(Exception fault) =>
        fault is TypeInitializationException { InnerException: { } inner } ? Innermost(inner) : fault;
}
