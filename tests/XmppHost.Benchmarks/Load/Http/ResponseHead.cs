using System.Buffers.Text;
using System.Text;

namespace XmppHost.Benchmarks.Load.Http;

/// <summary>The part of an answer that says how to read the rest.</summary>
/// <param name="Status">The code.</param>
/// <param name="Length">Of the body; null where only the connection's end tells.</param>
/// <param name="KeepsAlive">Whether another request may follow.</param>
internal readonly record struct ResponseHead(int Status, long? Length, bool KeepsAlive)
{
    /// <param name="lines">Everything before the empty line.</param>
    public static ResponseHead Parse(ReadOnlySpan<byte> lines)
    {
        var first = Line(ref lines);
        if (!first.StartsWith("HTTP/1."u8) || first.Length < 12 || !Utf8Parser.TryParse(first[9..12], out int status, out _))
            throw new InvalidDataException($"This is no HTTP answer: {Encoding.Latin1.GetString(first[..Math.Min(first.Length, 80)])}");
        var keepsAlive = first[7] == (byte)'1';
        long? length = status is < 200 or 204 or 304 ? 0 : null;
        while (!lines.IsEmpty)
        {
            var line = Line(ref lines);
            var colon = line.IndexOf((byte)':');
            if (colon < 0) continue;
            var value = line[(colon + 1)..].Trim((byte)' ');
            if (Is(line[..colon], "content-length"u8) && Utf8Parser.TryParse(value, out long number, out _)) length = number;
            else if (Is(line[..colon], "connection"u8)) keepsAlive = !Is(value, "close"u8) && (keepsAlive || Is(value, "keep-alive"u8));
            else if (Is(line[..colon], "transfer-encoding"u8)) throw new InvalidDataException("The answer is chunked, which the load generator does not read.");
        }

        return new ResponseHead(status, length, keepsAlive && length is not null);
    }

    private static ReadOnlySpan<byte> Line(ref ReadOnlySpan<byte> lines)
    {
        var end = lines.IndexOf("\r\n"u8);
        var line = end < 0 ? lines : lines[..end];
        lines = end < 0 ? [] : lines[(end + 2)..];
        return line;
    }

    private static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lowerCase) => Ascii.EqualsIgnoreCase(text, lowerCase);
}
