using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace XmppHost.Xml;

/// <summary>
/// Gives the same string for the same bytes: from the table of well-known words, or from a few slots that remember what was seen lately. A slot
/// that is wanted by two names is overwritten, so hostile names cost an allocation each and nothing more.
/// </summary>
internal sealed class NameCache
{
    private const int Slots = 64;
    private const int LongestCached = 96;
    private const int LongestKnownValue = 12;

    private readonly string?[] _names = new string?[Slots];
    private readonly string?[] _namespaces = new string?[Slots];

    /// <summary>The name, or null where it is not an NCName.</summary>
    public string? Name(ReadOnlySpan<byte> utf8)
    {
        var hash = Hash(utf8);
        if (WellKnown.Words.Find(utf8, hash) is { } known) return known;

        ref var slot = ref _names[hash & (Slots - 1)];
        if (slot is not null && Ascii.Equals(utf8, slot)) return slot;
        if (!XmlChars.IsNCName(utf8)) return null;
        var name = Encoding.UTF8.GetString(utf8);
        if (name.Length <= LongestCached) slot = name;
        return name;
    }

    public XmppReadError Namespace(ReadOnlySpan<byte> raw, out string value)
    {
        var hash = Hash(raw);
        value = WellKnown.Namespaces.Find(raw, hash) ?? "";
        if (value.Length > 0) return XmppReadError.None;

        // Only what reads as it was written is kept in a slot, so equal bytes mean an equal value.
        ref var slot = ref _namespaces[hash & (Slots - 1)];
        if (slot is not null && Ascii.Equals(raw, slot))
        {
            value = slot;
            return XmppReadError.None;
        }

        var error = TextDecoder.Value(raw, out value);
        if (error == XmppReadError.None && value.Length <= LongestCached && Ascii.Equals(raw, value)) slot = value;
        return error;
    }

    public static XmppReadError Value(ReadOnlySpan<byte> raw, out string value)
    {
        value = "";
        if (raw.IsEmpty) return XmppReadError.None;
        if (raw.Length <= LongestKnownValue && WellKnown.Words.Find(raw, Hash(raw)) is { } known)
        {
            value = known;
            return XmppReadError.None;
        }

        return TextDecoder.Value(raw, out value);
    }

    /// <summary>Cheap rather than strong: the tables it serves cannot grow under an attack.</summary>
    public static uint Hash(ReadOnlySpan<byte> utf8)
    {
        ulong head, tail;
        if (utf8.Length >= 8)
        {
            head = BinaryPrimitives.ReadUInt64LittleEndian(utf8) ^ BitOperations.RotateLeft(BinaryPrimitives.ReadUInt64LittleEndian(utf8[((utf8.Length / 2) - 4)..]), 23);
            tail = BinaryPrimitives.ReadUInt64LittleEndian(utf8[^8..]);
        }
        else if (utf8.Length >= 4)
        {
            head = BinaryPrimitives.ReadUInt32LittleEndian(utf8);
            tail = BinaryPrimitives.ReadUInt32LittleEndian(utf8[^4..]);
        }
        else
        {
            head = 0;
            tail = 0;
            foreach (var b in utf8) head = (head << 8) | b;
        }

        var mixed = (head + (ulong)utf8.Length) * 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 29) ^ tail) * 0xBF58476D1CE4E5B9;
        return (uint)(mixed >> 32);
    }
}
