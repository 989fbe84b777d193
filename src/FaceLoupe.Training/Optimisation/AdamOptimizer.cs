using FaceLoupe.Training.Networks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FaceLoupe.Training.Optimisation;

/// <summary>
/// Adam (momentum 0.9 as in the paper's section 4.2), on <see cref="ScalarMath"/> because TorchSharp's passes thousands
/// of unprotected scalars per step.
/// </summary>
internal sealed class AdamOptimizer : IDisposable
{
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;
    private const double Epsilon = 1e-8;

    private readonly Parameter[] parameters;
    private readonly Tensor[] means;
    private readonly Tensor[] squares;
    private long steps;

    /// <param name="parameters">The weights; those without a gradient are not changed by a step.</param>
    public AdamOptimizer(IEnumerable<Parameter> parameters)
    {
        using var noGrad = no_grad();
        this.parameters = [.. parameters];
        means = [.. this.parameters.Select(p => zeros_like(p).DetachFromDisposeScope())];
        squares = [.. this.parameters.Select(p => zeros_like(p).DetachFromDisposeScope())];
    }

    /// <summary>Learning rate of the next step.</summary>
    public double LearningRate { get; set; }

    public void ZeroGradients()
    {
        foreach (var parameter in parameters)
        {
            parameter.grad?.zero_();
        }
    }

    /// <summary>Scales all gradients so that their total norm is at most <paramref name="maxNorm"/>.</summary>
    /// <remarks>TorchSharp's clip_grad_norm_ uses unprotected scalars.</remarks>
    public void ClipGradients(double maxNorm)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var gradients = parameters.Select(p => p.grad).OfType<Tensor>().ToList();
        var squares = stack([.. gradients.Select(g => (g * g).sum())]); // one number to wait for, not one per weight
        var norm = Math.Sqrt(squares.to(ScalarType.Float64).sum().item<double>());
        if (norm > maxNorm)
        {
            gradients.ForEach(g => g.TimesInPlace(maxNorm / norm));
        }
    }

    /// <summary>Takes a step: on the CPU in one pass over memory, elsewhere by libtorch's operations.</summary>
    public void Step()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        steps++;
        var rate = -LearningRate / (1 - Math.Pow(Beta1, steps));
        var rootFactor = 1 / Math.Sqrt(1 - Math.Pow(Beta2, steps));
        var learnt = Enumerable.Range(0, parameters.Length)
            .Select(i => new Learnt(parameters[i], parameters[i].grad, means[i], squares[i]))
            .Where(tensors => tensors.Gradient is not null)
            .ToArray();
        if (learnt.All(tensors => tensors.IsPlain))
        {
            var pass = new AdamPass(Beta1, Beta2, rootFactor, Epsilon, rate);
            Parallel.ForEach(
                learnt,
                new ParallelOptions { MaxDegreeOfParallelism = get_num_threads() },
                tensors => pass.Update(tensors.Weight, tensors.Gradient!, tensors.Mean, tensors.Square));
        }
        else
        {
            StepByOperations(learnt, rate, rootFactor);
        }
    }

    private static void StepByOperations(IReadOnlyList<Learnt> learnt, double rate, double rootFactor)
    {
        using Scalar newMean = 1 - Beta1;
        using Scalar newSquare = 1 - Beta2;
        using Scalar step = rate;
        foreach (var (weight, gradient, mean, square) in learnt)
        {
            using var scope = NewDisposeScope();
            mean.TimesInPlace(Beta1).add_(gradient!, newMean);
            square.TimesInPlace(Beta2).addcmul_(gradient!, gradient!, newSquare);
            var root = square.sqrt().TimesInPlace(rootFactor).PlusInPlace(Epsilon);
            weight.addcdiv_(mean, root, step);
        }
    }

    public void Save(string path)
    {
        using var writer = new BinaryWriter(File.Create(path));
        writer.Write(steps);
        foreach (var tensor in means.Concat(squares))
        {
            tensor.Save(writer);
        }
    }

    public void Load(string path)
    {
        using var noGrad = no_grad();
        using var reader = new BinaryReader(File.OpenRead(path));
        steps = reader.ReadInt64();
        foreach (var tensor in means.Concat(squares))
        {
            tensor.LoadInPlace(reader);
        }
    }

    public void Dispose()
    {
        foreach (var tensor in means.Concat(squares))
        {
            tensor.Dispose();
        }
    }

    private sealed record Learnt(Tensor Weight, Tensor? Gradient, Tensor Mean, Tensor Square)
    {
        public bool IsPlain =>
            AdamPass.Takes(Weight) && AdamPass.Takes(Gradient!) && AdamPass.Takes(Mean) && AdamPass.Takes(Square);
    }
}
