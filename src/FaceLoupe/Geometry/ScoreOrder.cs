namespace FaceLoupe.Geometry;

/// <summary>Sorts scores in descending order, by integers with the same order.</summary>
internal static class ScoreOrder
{
    /// <summary>
    /// Indices by descending score; equal scores keep their order, so results do not depend on the sort, and what is
    /// not a number comes last.
    /// </summary>
    public static int[] Descending(ReadOnlySpan<float> scores)
    {
        // Score and index in one number: sorting numbers is many times faster than comparing pairs.
        var keys = new ulong[scores.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = ((ulong)Key(scores[i]) << 32) | (uint)i;
        }

        Array.Sort(keys);
        return Array.ConvertAll(keys, key => (int)(uint)key);
    }

    /// <summary>
    /// A number that falls as the score rises; equal for both zeros, the largest for what is not a number.
    /// </summary>
    public static uint Key(float score)
    {
        // Bits of a float grow with it, but backwards below 0; 0 + 0 makes one of both zeros.
        if (float.IsNaN(score))
        {
            return uint.MaxValue;
        }

        var bits = BitConverter.SingleToUInt32Bits(score + 0f);
        return (bits & 0x8000_0000) != 0 ? bits : bits ^ 0x7fff_ffff;
    }

    /// <summary>The score of such a number.</summary>
    public static float OfKey(uint key) =>
        BitConverter.UInt32BitsToSingle((key & 0x8000_0000) != 0 ? key : key ^ 0x7fff_ffff);
}
