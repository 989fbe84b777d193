using System.CommandLine;

namespace FaceLoupe.Training.Commands;

/// <summary>What the help shows for the value of an option: its kind instead of its name once more.</summary>
internal static class ValueNames
{
    private static readonly Dictionary<string, string> s_kinds = new()
    {
        ["--config"] = "FILE", ["--set"] = "KEY=VALUE", ["--run"] = "DIR", ["--out"] = "PATH", ["--device"] = "NAME",
        ["--pretrained"] = "DIR", ["--seeds"] = "N,N", ["--images"] = "DIR", ["--wider"] = "DIR", ["--sheet"] = "FILE",
        ["--fddb-curves"] = "DIR", ["--fddb"] = "DIR", ["--curves"] = "DIR", ["--annotations"] = "FILE",
        ["--record"] = "FILE", ["--originals"] = "DIR", ["--on"] = "DIR", ["--earlier"] = "FILE", ["--draw"] = "DIR",
        ["--detectors"] = "FILE", ["--candidates"] = "FILE", ["--calibrate"] = "DIR",
    };

    /// <summary>Names the values of all options of a command and of its verbs.</summary>
    public static void ShowIn(Command command)
    {
        foreach (var option in command.Options.Where(option => option.HelpName is null && TakesValue(option)))
        {
            option.HelpName = s_kinds.GetValueOrDefault(
                option.Name, Element(option.ValueType) == typeof(string) ? "NAME" : "N");
        }

        foreach (var verb in command.Subcommands)
        {
            ShowIn(verb);
        }
    }

    private static bool TakesValue(Option option) =>
        option.Arity.MaximumNumberOfValues > 0 && option.ValueType != typeof(bool) && option.ValueType != typeof(void);

    private static Type Element(Type type) => type.GetElementType() ?? type;
}
