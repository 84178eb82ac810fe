using System.Text;

namespace XmppHost.Xml;

/// <summary>A frozen set of ASCII words that are found by their bytes.</summary>
internal sealed class WordTable
{
    private readonly Entry[] _entries;

    public WordTable(IEnumerable<string> words)
    {
        var distinct = words.Distinct().ToList();

        // A quarter full at most: a miss, the common case for an attribute's value, meets an empty slot at once.
        _entries = new Entry[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)distinct.Count * 4)];
        foreach (var word in distinct)
        {
            var utf8 = Encoding.ASCII.GetBytes(word);
            var hash = NameCache.Hash(utf8);
            var slot = hash & (uint)(_entries.Length - 1);
            while (_entries[slot].Utf8 is not null) slot = (slot + 1) & (uint)(_entries.Length - 1);
            _entries[slot] = new Entry(hash, utf8, string.Intern(word));
        }
    }

    /// <summary>The interned string of these bytes, or null.</summary>
    public string? Find(ReadOnlySpan<byte> utf8, uint hash)
    {
        var entries = _entries;
        for (var slot = hash & (uint)(entries.Length - 1); ; slot = (slot + 1) & (uint)(entries.Length - 1))
        {
            ref readonly var entry = ref entries[slot];
            if (entry.Utf8 is null) return null;
            if (entry.Hash == hash && utf8.SequenceEqual(entry.Utf8)) return entry.Text;
        }
    }

    private readonly record struct Entry(uint Hash, byte[] Utf8, string Text);
}
