namespace XmppHost.Benchmarks.Load.Http;

/// <summary>
/// What is in the files: random bytes, elsewhere in every file, out of one block that stays in the processor's cache. A file that is cut, shifted,
/// mixed up with another or changed anywhere is told from the right one.
/// </summary>
internal static class FilePattern
{
    // Both prime: no two of the files begin alike, and the block's end falls on no boundary of a disk or of TLS.
    private const int Period = 262_147;
    private const int Stride = 7_919;

    private static readonly byte[] Block = Make();

    /// <summary>Bytes of the file from a position on: some, and not more than are left of it.</summary>
    public static ReadOnlySpan<byte> At(int file, long position, long left)
    {
        var start = (int)((((long)file * Stride) + position) % Period);
        return Block.AsSpan(start, (int)Math.Min(Period - start, left));
    }

    public static bool Matches(int file, long position, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var expected = At(file, position, bytes.Length);
            if (!bytes[..expected.Length].SequenceEqual(expected)) return false;
            bytes = bytes[expected.Length..];
            position += expected.Length;
        }

        return true;
    }

    private static byte[] Make()
    {
        var block = new byte[Period];
        new Random(363).NextBytes(block);
        return block;
    }
}
