namespace FaceLoupe.Evaluation.Matlab;

/// <summary>One array of a MATLAB file.</summary>
/// <param name="Dimensions">Sizes by dimension, at least two; elements lie column by column.</param>
internal abstract record MatlabValue(IReadOnlyList<int> Dimensions)
{
    /// <summary>Rows.</summary>
    public int Rows => Dimensions[0];

    /// <summary>Columns, further dimensions included.</summary>
    public int Columns => Dimensions.Skip(1).Aggregate(1, (product, size) => product * size);
}

/// <summary>Numbers, whatever their class was.</summary>
internal sealed record MatlabNumbers(IReadOnlyList<int> Dimensions, double[] Values) : MatlabValue(Dimensions)
{
    /// <summary>The number in a row and column, both from 0.</summary>
    public double this[int row, int column] => Values[(column * Rows) + row];
}

/// <summary>A text of one row.</summary>
internal sealed record MatlabText(IReadOnlyList<int> Dimensions, string Value) : MatlabValue(Dimensions);

/// <summary>A cell array.</summary>
internal sealed record MatlabCells(IReadOnlyList<int> Dimensions, MatlabValue[] Values) : MatlabValue(Dimensions);

/// <summary>A structure array: for each field, one value per element.</summary>
internal sealed record MatlabStructure(
    IReadOnlyList<int> Dimensions, IReadOnlyDictionary<string, MatlabValue[]> Fields) : MatlabValue(Dimensions);

/// <summary>An array of an unsupported class: sparse, objects, function handles.</summary>
internal sealed record MatlabOther(IReadOnlyList<int> Dimensions, int Class) : MatlabValue(Dimensions);
