namespace XmppHost.Benchmarks.Load.Net;

/// <summary>
/// Cuts a server's stream into its first-level children by counting tags: no tree, no names, no entities. It trusts servers not to send a bare
/// <c>&gt;</c> inside attribute values, which is all that the load modes ever see.
/// </summary>
internal static class ElementScanner
{
    /// <summary>The length of the first complete item in <paramref name="data"/>, leading white space and XML declaration included.</summary>
    public static int Next(ReadOnlySpan<byte> data, out ElementKind kind, out int start)
    {
        kind = ElementKind.Incomplete;
        start = SkipProlog(data);
        if (start < 0 || start >= data.Length) return 0;
        var rest = data[start..];
        if (rest.StartsWith("<stream:stream"u8)) return StreamTag(rest, start, ElementKind.StreamOpen, out kind);
        if (rest.StartsWith("</stream:stream"u8)) return StreamTag(rest, start, ElementKind.StreamClose, out kind);
        var length = ElementLength(rest);
        if (length == 0) return 0;
        kind = ElementKind.Element;
        return start + length;
    }

    private static int SkipProlog(ReadOnlySpan<byte> data)
    {
        var start = SkipSpace(data, 0);
        if (!data[start..].StartsWith("<?xml"u8)) return start;
        var end = data[start..].IndexOf("?>"u8);
        return end < 0 ? -1 : SkipSpace(data, start + end + 2);
    }

    private static int SkipSpace(ReadOnlySpan<byte> data, int from)
    {
        while (from < data.Length && data[from] <= (byte)' ') from++;
        return from;
    }

    private static int StreamTag(ReadOnlySpan<byte> rest, int start, ElementKind found, out ElementKind kind)
    {
        var end = rest.IndexOf((byte)'>');
        kind = end < 0 ? ElementKind.Incomplete : found;
        return end < 0 ? 0 : start + end + 1;
    }

    private static int ElementLength(ReadOnlySpan<byte> rest)
    {
        var depth = 0;
        var at = 0;
        while (true)
        {
            var open = rest[at..].IndexOf((byte)'<');
            if (open < 0) return 0;
            at += open;
            var close = rest[at..].IndexOf((byte)'>');
            if (close < 0) return 0;
            if (rest[at + 1] == (byte)'/') depth--;
            else if (rest[at + close - 1] != (byte)'/') depth++;
            at += close + 1;
            if (depth == 0) return at;
        }
    }
}
