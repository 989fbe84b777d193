using System.Text;

namespace FaceLoupe.Evaluation.Matlab;

/// <summary>Reads the contents of a matrix element: flags, dimensions, name, and the values of its class.</summary>
internal static class MatlabMatrix
{
    private const int CellClass = 1;
    private const int StructureClass = 2;
    private const int TextClass = 4;
    private const int FirstNumericClass = 6;
    private const int LastNumericClass = 15;

    /// <summary>Reads a matrix.</summary>
    /// <param name="bytes">The element's bytes.</param>
    /// <param name="depth">Levels that may still follow: a damaged file must not overflow the stack.</param>
    /// <exception cref="InvalidDataException">The bytes make no sense.</exception>
    public static (string Name, MatlabValue Value) Read(ReadOnlyMemory<byte> bytes, int depth)
    {
        if (depth == 0)
        {
            throw new InvalidDataException("cells are nested too deeply");
        }

        // MATLAB writes an empty cell as a matrix of no bytes at all.
        if (bytes.IsEmpty)
        {
            return (string.Empty, new MatlabNumbers([0, 0], []));
        }

        var elements = new MatlabElements(bytes);
        var flags = elements.Next(MatlabType.UInt32).ToNumbers();
        if (flags.Length == 0)
        {
            throw new InvalidDataException("a matrix without a class");
        }

        var kind = (int)flags[0] & 0xFF;
        var (dimensions, count) = Dimensions(elements.Next(MatlabType.Int32));
        var name = elements.Next(MatlabType.Int8).ToText();
        return (name, kind switch
        {
            CellClass => new MatlabCells(dimensions, Matrices(ref elements, count, depth)),
            StructureClass => Structure(ref elements, dimensions, count, depth),
            TextClass =>
                new MatlabText(dimensions, count == 0 && elements.AtEnd ? string.Empty : elements.Next().ToText()),
            >= FirstNumericClass and <= LastNumericClass => Numbers(ref elements, dimensions, count),
            _ => new MatlabOther(dimensions, kind),
        });
    }

    private static (int[] Sizes, int Count) Dimensions(in MatlabElement element)
    {
        var sizes = Array.ConvertAll(element.ToNumbers(), size => (int)size);
        var count = 1L;
        foreach (var size in sizes)
        {
            count *= size;
            if (size < 0 || count > int.MaxValue)
            {
                throw new InvalidDataException($"dimensions {string.Join(" x ", sizes)}");
            }
        }

        return sizes.Length >= 2 ? (sizes, (int)count)
            : throw new InvalidDataException("an array of less than two dimensions");
    }

    private static MatlabNumbers Numbers(ref MatlabElements elements, int[] dimensions, int count)
    {
        var values = count == 0 && elements.AtEnd ? [] : elements.Next().ToNumbers();
        return values.Length == count
            ? new MatlabNumbers(dimensions, values)
            : throw new InvalidDataException(
                $"{values.Length} numbers in an array of {string.Join(" x ", dimensions)}");
    }

    private static MatlabStructure Structure(ref MatlabElements elements, int[] dimensions, int count, int depth)
    {
        var width = elements.Next(MatlabType.Int32).ToNumbers() is [> 0 and var length] && length <= 4096
            ? (int)length
            : throw new InvalidDataException("a structure without a length of field names");
        var text = elements.Next(MatlabType.Int8).Data;
        var names = new string[text.Length / width];
        for (var i = 0; i < names.Length; i++)
        {
            var field = text.Span.Slice(i * width, width);
            names[i] = Encoding.Latin1.GetString(field.IndexOf((byte)0) is >= 0 and var end ? field[..end] : field);
        }

        // Element by element, and within one field by field.
        var values = Matrices(ref elements, (long)count * names.Length, depth);
        var fields = new Dictionary<string, MatlabValue[]>(StringComparer.Ordinal);
        for (var i = 0; i < names.Length; i++)
        {
            fields[names[i]] = [.. Enumerable.Range(0, count).Select(element => values[(element * names.Length) + i])];
        }

        return new MatlabStructure(dimensions, fields);
    }

    private static MatlabValue[] Matrices(ref MatlabElements elements, long count, int depth)
    {
        // Grown, not reserved: the count of a damaged file is arbitrary.
        var values = new List<MatlabValue>();
        while (values.Count < count)
        {
            values.Add(Read(elements.Next(MatlabType.Matrix).Data, depth - 1).Value);
        }

        return [.. values];
    }
}
