using System.Buffers;
using System.Text.Unicode;

namespace XmppHost.Xml;

/// <summary>Writes UTF-8 into the spans of a buffer writer, escaping on the way.</summary>
internal ref struct Utf8Output(IBufferWriter<byte> target)
{
    private const int Block = 512;

    // XML 1.0 production 2 forbids most control characters; a literal CR would come back as LF, and white space in a value as a space.
    private static readonly SearchValues<char> TextStops = SearchValues.Create([.. Controls(), '\r', '&', '<', '>']);
    private static readonly SearchValues<char> ValueStops = SearchValues.Create([.. Controls(), '\r', '&', '<', '>', '\'', '\t', '\n']);

    private Span<byte> _span;
    private int _used;

    public void Raw(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > _span.Length - _used)
        {
            var fits = _span.Length - _used;
            bytes[..fits].CopyTo(_span[_used..]);
            _used += fits;
            bytes = bytes[fits..];
            Grow(bytes.Length);
        }

        bytes.CopyTo(_span[_used..]);
        _used += bytes.Length;
    }

    public void Text(string text) => Escaped(text, TextStops);

    public void Value(string value) => Escaped(value, ValueStops);

    /// <summary>A name: nothing in it needs escaping.</summary>
    public void Name(string name) => Plain(name);

    /// <summary>Hands the last bytes to the buffer writer.</summary>
    public void Flush()
    {
        if (_used > 0) target.Advance(_used);
        _span = default;
        _used = 0;
    }

    private void Escaped(ReadOnlySpan<char> chars, SearchValues<char> stops)
    {
        while (true)
        {
            var at = chars.IndexOfAny(stops);
            Plain(at < 0 ? chars : chars[..at]);
            if (at < 0) return;
            Raw(chars[at] switch
            {
                '&' => "&amp;"u8,
                '<' => "&lt;"u8,
                '>' => "&gt;"u8,
                '\'' => "&apos;"u8,
                '\t' => "&#x9;"u8,
                '\n' => "&#xA;"u8,
                '\r' => "&#xD;"u8,
                _ => "\uFFFD"u8,
            });
            chars = chars[(at + 1)..];
        }
    }

    private void Plain(ReadOnlySpan<char> chars)
    {
        while (!chars.IsEmpty)
        {
            var status = Utf8.FromUtf16(chars, _span[_used..], out var read, out var written, replaceInvalidSequences: true, isFinalBlock: true);
            if (written != read && chars[..read].IndexOfAny('\uFFFE', '\uFFFF') is var at and >= 0)
            {
                // The two that UTF-8 can carry and XML cannot.
                Plain(chars[..at]);
                Raw("\uFFFD"u8);
                chars = chars[(at + 1)..];
                continue;
            }

            _used += written;
            chars = chars[read..];
            if (status == OperationStatus.DestinationTooSmall) Grow(chars.Length);
        }
    }

    private void Grow(int wanted)
    {
        Flush();
        _span = target.GetSpan(Math.Clamp(wanted, 16, Block));
    }

    private static IEnumerable<char> Controls() => Enumerable.Range(0, 32).Select(c => (char)c).Where(c => c is not ('\t' or '\n' or '\r'));
}
