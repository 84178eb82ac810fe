namespace XmppHost.Xml;

/// <summary>Walks through one complete tag, without its angle brackets.</summary>
internal ref struct TagReader(ReadOnlySpan<byte> tag)
{
    private ReadOnlySpan<byte> _rest = tag;

    public readonly bool AtEnd => _rest.IsEmpty;

    /// <summary>A QName; <paramref name="prefix"/> is null for an unprefixed one. False where it is none.</summary>
    public bool TryName(NameCache names, out string? prefix, out string name)
    {
        prefix = null;
        name = "";
        var length = NameLength();
        if (length < _rest.Length && _rest[length] == ':')
        {
            prefix = names.Name(_rest[..length]);
            if (prefix is null) return false;
            _rest = _rest[(length + 1)..];
            length = NameLength();
        }

        if (names.Name(_rest[..length]) is not { } local) return false;
        name = local;
        _rest = _rest[length..];
        return true;
    }

    /// <summary>The raw bytes between the quotes after an equals sign.</summary>
    public bool TryValue(out ReadOnlySpan<byte> raw)
    {
        raw = default;
        SkipWhiteSpace();
        if (_rest.IsEmpty || _rest[0] != '=') return false;
        _rest = _rest[1..];
        SkipWhiteSpace();
        if (_rest.IsEmpty || _rest[0] is not ((byte)'\'' or (byte)'"')) return false;
        var end = _rest[1..].IndexOf(_rest[0]);
        if (end < 0) return false;
        raw = _rest.Slice(1, end);
        _rest = _rest[(end + 2)..];
        return true;
    }

    /// <summary>Whether there was any.</summary>
    public bool SkipWhiteSpace()
    {
        var count = 0;
        while (count < _rest.Length && XmlChars.IsWhiteSpace(_rest[count])) count++;
        _rest = _rest[count..];
        return count > 0;
    }

    private readonly int NameLength()
    {
        var length = 0;
        while (length < _rest.Length && XmlChars.IsNameByte(_rest[length])) length++;
        return length;
    }
}
