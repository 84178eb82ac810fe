using System.Text;
using XmppHost.Scripting.Format;
using XmppHost.Scripting.Matching;

namespace XmppHost.Scripting.Steps;

/// <summary>A body: a text, or a number of bytes that are the same wherever that number is written, or a text of which the number is checked.</summary>
internal sealed record HttpContentSpec(int? Length, Template? Content)
{
    public byte[] ToBytes(Variables variables)
    {
        if (Content is null) return Generate(Length!.Value);
        var bytes = Escapes.ToBytes(Content.Expand(variables));
        if (Length is { } length && length != bytes.Length) throw new ScriptFailureException($"the body is announced with {length} bytes and has {bytes.Length}");
        return bytes;
    }

    /// <summary>What is wrong with a received body; null when nothing is.</summary>
    public string? Problem(byte[] received, Variables variables)
    {
        if (Length is { } length && length != received.Length) return $"expected a body of {length} bytes, received {received.Length} bytes";
        if (Content is not null)
        {
            var text = Encoding.UTF8.GetString(received);
            return Content.Matches(text, variables) ? null : $"expected the body \"{Content}\", received \"{text}\"";
        }

        var expected = Generate(received.Length);
        var at = received.AsSpan().CommonPrefixLength(expected);
        return at == received.Length ? null : $"the body differs from what was expected from byte {at} on";
    }

    // 251 is prime: a piece that is lost, doubled or moved shows, whatever the size of the server's buffers.
    private static byte[] Generate(int length)
    {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++) bytes[i] = (byte)((i * 31 + i / 251) % 251);
        return bytes;
    }
}
