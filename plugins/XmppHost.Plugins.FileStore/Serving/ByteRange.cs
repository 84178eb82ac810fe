using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace XmppHost.Plugins.FileStore.Serving;

/// <summary>A part of a file.</summary>
internal readonly record struct ByteRange(long Offset, long Count)
{
    // RFC 9110 section 14.2: more is nothing that a player or a download needs.
    private const int MaxRanges = 16;

    /// <summary>
    /// What a Range header selects (RFC 9110 section 14.1.2): null for the whole file, when there is none, or none that is understood or reasonable, which a server may ignore; empty when
    /// nothing of the file is selected.
    /// </summary>
    internal static ByteRange[]? Select(RangeHeaderValue? header, long length)
    {
        if (header is not { Ranges.Count: > 0 and <= MaxRanges } || !header.Unit.Equals("bytes", StringComparison.OrdinalIgnoreCase)) return null;
        var parts = new List<ByteRange>(header.Ranges.Count);
        foreach (var range in header.Ranges)
            if (Of(range, length) is { } part)
                parts.Add(part);

        // Who asks for some bytes many times over gets them once.
        return parts.Count > 1 && parts.Sum(p => (decimal)p.Count) > length ? null : [.. parts];
    }

    internal static string Unsatisfiable(long length) => string.Create(CultureInfo.InvariantCulture, $"bytes */{length}");

    /// <summary>As Content-Range says it.</summary>
    internal string Of(long length) => string.Create(CultureInfo.InvariantCulture, $"bytes {Offset}-{Offset + Count - 1}/{length}");

    private static ByteRange? Of(RangeItemHeaderValue range, long length)
    {
        if (range.From is null) return range.To is > 0 and var last && length > 0 ? new ByteRange(Math.Max(0, length - last), Math.Min(length, last)) : null;
        return range.From < length ? new ByteRange(range.From.Value, Math.Min(range.To ?? long.MaxValue, length - 1) - range.From.Value + 1) : null;
    }
}
