namespace FaceLoupe.Evaluation.Fddb;

/// <summary>
/// The one-to-one matching of detections and faces with the largest sum of overlaps, kept up to date as detections
/// come in one by one (the Hungarian method, a row at a time).
/// </summary>
/// <param name="faces">How many faces there are.</param>
internal sealed class BestMatching(int faces)
{
    private readonly List<double[]> _costs = [];
    private readonly List<double> _rowPotentials = [];
    private readonly List<int> _faceOf = [];
    private double[] _columnPotentials = new double[faces];
    private int[] _rowOf = [.. Enumerable.Repeat(-1, faces)];

    /// <summary>The overlaps of the matched pairs, those without any overlap left out.</summary>
    public IEnumerable<double> Overlaps
    {
        get
        {
            for (var row = 0; row < _costs.Count; row++)
            {
                if (_faceOf[row] is >= 0 and var face && face < faces && _costs[row][face] < 0)
                {
                    yield return -_costs[row][face];
                }
            }
        }
    }

    /// <summary>Adds a detection and rematches where that increases the sum.</summary>
    /// <param name="overlaps">Its overlap with each face.</param>
    public void Add(ReadOnlySpan<double> overlaps)
    {
        // A detection that meets no face changes nothing.
        if (!overlaps.ContainsAnyExcept(0))
        {
            return;
        }

        // Each row adds a column of cost 0, so that it can stay unmatched.
        var row = _costs.Count;
        var cost = new double[faces];
        for (var face = 0; face < faces; face++)
        {
            cost[face] = -overlaps[face];
        }

        _costs.Add(cost);
        _rowPotentials.Add(0);
        _faceOf.Add(-1);
        Array.Resize(ref _columnPotentials, faces + row + 1);
        Array.Resize(ref _rowOf, faces + row + 1);
        _rowOf[faces + row] = -1;
        Augment(row);
    }

    private double Cost(int row, int column) => column < faces ? _costs[row][column] : 0;

    // The shortest augmenting path from a new row to a free column, with reduced costs (Jonker and Volgenant's form).
    private void Augment(int start)
    {
        var columns = _rowOf.Length;
        var (distance, previous, done) = (new double[columns], new int[columns], new bool[columns]);
        Array.Fill(distance, double.PositiveInfinity);
        Array.Fill(previous, -1);
        var (row, column, shift) = (start, -1, 0d);
        var visited = new List<int>();
        while (true)
        {
            var (nearest, least) = (-1, double.PositiveInfinity);
            for (var c = 0; c < columns; c++)
            {
                if (done[c])
                {
                    continue;
                }

                var through = shift + Cost(row, c) - _rowPotentials[row] - _columnPotentials[c];
                if (through < distance[c])
                {
                    (distance[c], previous[c]) = (through, column);
                }

                if (distance[c] < least)
                {
                    (nearest, least) = (c, distance[c]);
                }
            }

            (column, shift) = (nearest, least);
            done[column] = true;
            if (_rowOf[column] < 0)
            {
                break;
            }

            visited.Add(column);
            row = _rowOf[column];
        }

        _rowPotentials[start] += shift;
        foreach (var c in visited)
        {
            _rowPotentials[_rowOf[c]] += shift - distance[c];
            _columnPotentials[c] -= shift - distance[c];
        }

        for (var c = column; c >= 0; c = previous[c])
        {
            _rowOf[c] = previous[c] >= 0 ? _rowOf[previous[c]] : start;
            _faceOf[_rowOf[c]] = c;
        }
    }
}
