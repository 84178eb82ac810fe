using System.Buffers.Binary;
using System.Buffers.Text;

namespace XmppHost.Benchmarks.Load.Modes;

/// <summary>The head of each body: who sent it, its number and when, in 32 bytes that no server touches.</summary>
internal readonly record struct ChatToken(int Flow, uint Number, long SentAt)
{
    public const int Length = 32;

    private static ReadOnlySpan<byte> Mark => "~XB"u8;

    public void Write(Span<byte> target)
    {
        Mark.CopyTo(target);
        _ = Utf8Formatter.TryFormat((ushort)Flow, target[3..], out _, new('x', 4));
        _ = Utf8Formatter.TryFormat(Number, target[7..], out _, new('x', 8));
        _ = Utf8Formatter.TryFormat(SentAt, target[15..], out _, new('x', 16));
        target[31] = (byte)'~';
    }

    public static bool TryFind(ReadOnlySpan<byte> stanza, out ChatToken token)
    {
        token = default;
        var at = stanza.IndexOf(Mark);
        if (at < 0 || stanza.Length < at + Length) return false;
        Span<byte> raw = stackalloc byte[14];
        if (Convert.FromHexString(stanza.Slice(at + 3, 28), raw, out _, out _) != System.Buffers.OperationStatus.Done) return false;
        token = new ChatToken(BinaryPrimitives.ReadUInt16BigEndian(raw), BinaryPrimitives.ReadUInt32BigEndian(raw[2..]), BinaryPrimitives.ReadInt64BigEndian(raw[6..]));
        return true;
    }
}
