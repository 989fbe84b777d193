using System.IO.Compression;
using System.Text;

namespace FaceLoupe.Tests.Evaluation.Matlab;

/// <summary>Makes MATLAB 5 files for tests: doubles, texts, cells and structures.</summary>
internal static class MatlabWriter
{
    public static byte[] MatFile(bool compressed, params (string Name, byte[] Matrix)[] variables)
    {
        var header = Encoding.ASCII.GetBytes("MATLAB 5.0 MAT-file, made for a test".PadRight(124));
        return [.. header, 0, 1, (byte)'I', (byte)'M', .. variables.SelectMany(variable =>
            compressed ? Element(15, Deflated(variable.Matrix), padded: false) : variable.Matrix)];
    }

    public static (string Name, byte[] Matrix) Variable(string name, Func<string, byte[]> matrix) =>
        (name, matrix(name));

    /// <summary>A matrix of doubles, given row by row.</summary>
    public static Func<string, byte[]> Numbers(int columns, params double[] rows) => name =>
    {
        var height = columns == 0 ? 0 : rows.Length / columns;
        var values = Enumerable.Range(0, rows.Length)
            .SelectMany(i => BitConverter.GetBytes(rows[(i % height * columns) + (i / height)]));
        return Matrix(6, [height, columns], name, Element(9, [.. values]));
    };

    /// <summary>A row of small whole numbers in a small element, as MATLAB stores them.</summary>
    public static Func<string, byte[]> SmallNumbers(params byte[] values) => name =>
        Matrix(6, [1, values.Length], name, Small(2, values));

    public static Func<string, byte[]> Text(string text) => name =>
        Matrix(4, [1, text.Length], name, Element(4, Encoding.Unicode.GetBytes(text)));

    public static Func<string, byte[]> Cells(params Func<string, byte[]>[] values) => name =>
        Matrix(1, [values.Length, 1], name, [.. values.SelectMany(value => value(""))]);

    public static Func<string, byte[]> Structure(params (string Field, Func<string, byte[]> Value)[] fields) => name =>
        Matrix(2, [1, 1], name,
        [
            .. Small(5, BitConverter.GetBytes(8)),
            .. Element(1, [.. fields.SelectMany(field => Encoding.ASCII.GetBytes(field.Field.PadRight(8, '\0')))]),
            .. fields.SelectMany(field => field.Value("")),
        ]);

    /// <summary>What MATLAB writes for a cell that was never filled.</summary>
    public static Func<string, byte[]> Nothing => _ => Element(14, []);

    private static byte[] Matrix(int kind, int[] sizes, string name, byte[] content) => Element(14,
    [
        .. Element(6, [.. BitConverter.GetBytes(kind), 0, 0, 0, 0]),
        .. Element(5, [.. sizes.SelectMany(BitConverter.GetBytes)]),
        .. name.Length is > 0 and <= 4 ? Small(1, Encoding.ASCII.GetBytes(name))
            : Element(1, Encoding.ASCII.GetBytes(name)),
        .. content,
    ]);

    private static byte[] Element(int type, byte[] data, bool padded = true) =>
    [
        .. BitConverter.GetBytes(type), .. BitConverter.GetBytes(data.Length), .. data,
        .. padded ? new byte[(8 - (data.Length % 8)) % 8] : [],
    ];

    private static byte[] Small(int type, byte[] data) =>
        [.. BitConverter.GetBytes(type | (data.Length << 16)), .. data, .. new byte[4 - data.Length]];

    private static byte[] Deflated(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var zlib = new ZLibStream(stream, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(bytes);
        }

        return stream.ToArray();
    }
}
