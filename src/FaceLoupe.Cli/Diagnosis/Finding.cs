using System.Text.Json;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Diagnosis;

/// <summary>One thing that <c>faceloupe doctor</c> tells.</summary>
/// <param name="Key">Its key in JSON, such as <c>onnxRuntime</c>.</param>
/// <param name="Title">What people read.</param>
/// <param name="Values">What was found; several where there are several.</param>
/// <param name="Fault">What keeps the program from working, and what to do; null: all well.</param>
internal sealed record Finding(string Key, string Title, IReadOnlyList<string> Values, string? Fault = null)
{
    /// <summary>A finding of one value.</summary>
    public Finding(string key, string title, string value)
        : this(key, title, [value])
    {
    }

    /// <summary>
    /// A finding that has to be looked up, which may go wrong in any way, so that the rest is reported.
    /// </summary>
    public static Finding Of(string key, string title, Func<IReadOnlyList<string>> look)
    {
        try
        {
            return new Finding(key, title, look());
        }
#pragma warning disable CA1031 // Missing native libraries fail in ways of their own; a doctor must not.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            return new Finding(key, title, [], Innermost(fault).Message.ReplaceLineEndings(" "));
        }
    }

    /// <summary>Writes the finding into the object that is open.</summary>
    public void Write(Utf8JsonWriter json)
    {
        if (Fault is not null)
        {
            json.WriteStartObject(Key);
            json.WriteString("fault", Fault);
            json.WriteEndObject();
        }
        else if (Values is [var only] && !IsList)
        {
            json.WriteString(Key, only);
        }
        else
        {
            json.WriteStrings(Key, Values);
        }
    }

    /// <summary>Whether the key has a list in JSON even where there is one value.</summary>
    public bool IsList { get; init; }

    // What a loader says is at the bottom: the type whose first use failed is of no interest.
    private static Exception Innermost(Exception fault) =>
        fault is TypeInitializationException { InnerException: { } inner } ? Innermost(inner) : fault;
}
