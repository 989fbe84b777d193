using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FaceLoupe.Validation;

namespace FaceLoupe.Training.Configuration;

/// <summary>Asks a whole tree of options for its faults, so that one run of a command shows all of them.</summary>
internal static class OptionFaults
{
    /// <summary>Every fault of the tree with the path of the object in front.</summary>
    public static IReadOnlyList<string> Of(object options)
    {
        var faults = new List<string>();
        Collect(options, "", faults);
        return faults;
    }

    private static void Collect(object? value, string path, List<string> faults)
    {
        if (value is null)
        {
            return;
        }

        if (value is IValidated validated)
        {
            faults.AddRange(validated.Faults().Select(fault => path.Length == 0 ? fault : $"{path}.{fault}"));
        }

        if (value.GetType().Assembly != typeof(object).Assembly)
        {
            var start = path.Length == 0 ? "" : path + ".";
            faults.AddRange(OptionRules.Of(value).Select(fault =>
                $"{start}{JsonNamingPolicy.CamelCase.ConvertName(fault.Name)} must be {fault.Wanted}, was "
                    + $"{fault.Value}"));
        }

        var info = OptionsJson.Format.GetTypeInfo(value.GetType());
        if (info.Kind == JsonTypeInfoKind.Object)
        {
            foreach (var property in info.Properties.Where(property => property is { Get: not null, Set: not null }))
            {
                Collect(property.Get!(value), path.Length == 0 ? property.Name : $"{path}.{property.Name}", faults);
            }
        }
        else if (value is IDictionary dictionary)
        {
            foreach (DictionaryEntry entry in dictionary)
            {
                Collect(entry.Value, $"{path}.{entry.Key}", faults);
            }
        }
        else if (value is IEnumerable items and not string)
        {
            var index = 0;
            foreach (var item in items)
            {
                Collect(item, $"{path}[{index++}]", faults);
            }
        }
    }
}
