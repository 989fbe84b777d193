using System.Globalization;
using FaceLoupe.Training.Networks;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Losses;

/// <summary>A weighted sum of named losses that keeps its parts.</summary>
internal sealed class LossSum
{
    private readonly List<(string Name, double Weight, Tensor Value)> parts = [];

    /// <summary>Adds weight x value; a weight of 0 switches the part off and leaves it out of the report.</summary>
    public LossSum Add(string name, double weight, Func<Tensor> value)
    {
        if (weight != 0)
        {
            parts.Add((name, weight, value()));
        }

        return this;
    }

    /// <summary>The sum to differentiate.</summary>
    /// <exception cref="InvalidOperationException">Every part is switched off.</exception>
    public Tensor Total => parts.Count == 0
        ? throw new InvalidOperationException("A loss without parts: at least one weight must be above 0.")
        : parts.Select(p => p.Value.Times(p.Weight)).Aggregate((a, b) => a.Add(b));

    /// <summary>Unweighted values by name.</summary>
    /// <exception cref="NotFiniteNumberException">A part is NaN or infinite; the message prints all parts.</exception>
    public IReadOnlyDictionary<string, double> Values()
    {
        var values = parts.ToDictionary(p => p.Name, p => (double)p.Value.item<float>(), StringComparer.Ordinal);
        if (values.Values.Any(v => !double.IsFinite(v)))
        {
            var all = string.Join(
                ", ", values.Select(v => $"{v.Key} {v.Value.ToString(CultureInfo.InvariantCulture)}"));
            throw new NotFiniteNumberException(
                $"The loss is no longer finite ({all}): lower the learning rate or look at the data.");
        }

        return values;
    }
}
