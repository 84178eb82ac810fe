using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Globalization;

namespace XmppHost.Addressing.Unicode;

/// <summary>
/// The Unicode data of address preparation, read from the embedded <c>unicode.bin</c> when the first address beyond ASCII is seen. Its own copy, because .NET without ICU
/// does not normalize and never tells bidi classes, and because two servers of one version must agree on which code points are assigned.
/// </summary>
internal sealed class UnicodeTable
{
    private static readonly Lazy<UnicodeTable> Loaded = new(Load);

    private readonly CodePoint[] _combinations;
    private readonly uint[] _ranges;
    private readonly FrozenDictionary<int, (int First, int Second)> _decompositions;
    private readonly FrozenDictionary<(int First, int Second), int> _compositions;
    private readonly FrozenDictionary<int, int> _widths;

    private UnicodeTable(ref Reader reader)
    {
        _combinations = new CodePoint[reader.UInt16()];
        foreach (ref var combination in _combinations.AsSpan())
            combination = new CodePoint((UnicodeCategory)reader.Byte(), reader.Byte(), (BidiClass)reader.Byte(), reader.Byte());
        _ranges = new uint[reader.UInt16()];
        foreach (ref var range in _ranges.AsSpan()) range = reader.UInt32();

        var decompositions = new Dictionary<int, (int, int)>();
        var compositions = new Dictionary<(int, int), int>();
        for (int i = reader.UInt16(); i > 0; i--)
        {
            var (code, first, second) = (reader.UInt32(), (int)reader.UInt32(), (int)reader.UInt32());
            var composed = (int)(code & 0x1F_FFFF);
            decompositions.Add(composed, (first, second));
            if (code >> 31 == 0) compositions.Add((first, second), composed);
        }

        var widths = new Dictionary<int, int>();
        for (int i = reader.UInt16(); i > 0; i--) widths.Add(reader.UInt16(), reader.UInt16());
        (_decompositions, _compositions, _widths) = (decompositions.ToFrozenDictionary(), compositions.ToFrozenDictionary(), widths.ToFrozenDictionary());
    }

    internal static UnicodeTable Instance => Loaded.Value;

    internal CodePoint this[int codePoint]
    {
        get
        {
            var found = Array.BinarySearch(_ranges, (uint)codePoint << 11 | 0x7FF);
            return _combinations[_ranges[found >= 0 ? found : ~found - 1] & 0x7FF];
        }
    }

    /// <summary>The canonical decomposition, one step; Second is 0 for a singleton.</summary>
    internal bool TryDecompose(int codePoint, out (int First, int Second) parts) => _decompositions.TryGetValue(codePoint, out parts);

    internal bool TryCompose(int first, int second, out int composed) => _compositions.TryGetValue((first, second), out composed);

    /// <summary>The decomposition of a fullwidth or halfwidth form; anything else stays.</summary>
    internal int MapWidth(int codePoint) => _widths.GetValueOrDefault(codePoint, codePoint);

    private static UnicodeTable Load()
    {
        using var resource = typeof(UnicodeTable).Assembly.GetManifestResourceStream("XmppHost.Addressing.Unicode.unicode.bin")!;
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        var reader = new Reader(bytes);
        return new UnicodeTable(ref reader);
    }

    private ref struct Reader(ReadOnlySpan<byte> rest)
    {
        private ReadOnlySpan<byte> _rest = rest;

        internal byte Byte() => Take(1)[0];

        internal ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

        internal uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

        private ReadOnlySpan<byte> Take(int count)
        {
            var taken = _rest[..count];
            _rest = _rest[count..];
            return taken;
        }
    }
}
