using System.CommandLine;

namespace FaceLoupe.Programs;

/// <summary>Makes the options that take text, such as a path. Linked into both programs.</summary>
internal static class TextOption
{
    /// <summary>An option that may be left out.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Placeholder for the value in the help.</param>
    /// <param name="description">What it does.</param>
    /// <param name="aliases">Short names.</param>
    public static Option<string?> Optional(string name, string value, string description, params string[] aliases) =>
        new(name, aliases) { Description = description, HelpName = value };

    /// <summary>An option that must be given; parameters as for <see cref="Optional"/>.</summary>
    public static Option<string> Required(string name, string value, string description, params string[] aliases) =>
        new(name, aliases) { Description = description, HelpName = value, Required = true };

    /// <summary>An option with a default; parameters as for <see cref="Optional"/>.</summary>
    public static Option<string> Default(string name, string value, string description, string otherwise) =>
        new(name) { Description = description, HelpName = value, DefaultValueFactory = _ => otherwise };

    /// <summary>An option that may be repeated, by default empty; parameters as for <see cref="Optional"/>.</summary>
    public static Option<string[]> Repeated(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value, DefaultValueFactory = _ => [] };
}
