using System.CommandLine;

namespace FaceLoupe.Training.Configuration;

/// <summary>Options of a command line that take text.</summary>
internal static class TextOption
{
    /// <summary>An option that may be left out.</summary>
    public static Option<string?> Optional(string name, string description) => new(name) { Description = description };

    /// <summary>An option that must be given.</summary>
    public static Option<string> Required(string name, string description) =>
        new(name) { Description = description, Required = true };

    /// <summary>An option with a default.</summary>
    public static Option<string> Default(string name, string description, string value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };

    /// <summary>An option that may be repeated; by default empty.</summary>
    public static Option<string[]> Repeated(string name, string description) =>
        new(name) { Description = description, DefaultValueFactory = _ => [] };
}
