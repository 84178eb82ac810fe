using System.Text;
using XmppHost.Xml;

namespace XmppHost.Benchmarks.Micro;

/// <summary>What the micro-benchmarks work on: the stanzas that servers see most.</summary>
internal static class Samples
{
    public static byte[] StreamHeader { get; } =
        "<?xml version='1.0'?><stream:stream to='localhost' version='1.0' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>"u8.ToArray();

    /// <summary>A message with a body of 150 bytes, as the load generator sends it.</summary>
    public static byte[] Chat { get; } = Encoding.UTF8.GetBytes(
        $"<message to='u1@localhost/bench' type='chat' id='0000002a'><body>{new string('x', 150)}</body></message>");

    public static byte[] Presence { get; } =
        "<presence><show>away</show><status>reading &amp; writing</status><priority>5</priority><c xmlns='http://jabber.org/protocol/caps' hash='sha-1' node='http://example.org/client' ver='QgayPKawpkPSDYmwT/WM94uAlu0='/></presence>"u8.ToArray();

    /// <summary>A roster of 50 contacts.</summary>
    public static byte[] Roster { get; } = Encoding.UTF8.GetBytes(
        "<iq type='result' id='r1'><query xmlns='jabber:iq:roster' ver='7'>"
        + string.Concat(Enumerable.Range(0, 50).Select(i => $"<item jid='friend{i}@example.org' name='Friend {i}' subscription='both'><group>Friends</group></item>"))
        + "</query></iq>");

    public static byte[] Of(string name) => name switch
    {
        nameof(Chat) => Chat,
        nameof(Presence) => Presence,
        nameof(Roster) => Roster,
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    public static XmppElement Parse(byte[] stanza)
    {
        var reader = new XmppStreamReader(XmlLimits.Default);
        var buffer = new System.Buffers.ReadOnlySequence<byte>([.. StreamHeader, .. stanza]);
        _ = reader.TryRead(ref buffer, out _);
        if (reader.TryRead(ref buffer, out var element) != XmppReadResult.Element) throw new InvalidOperationException($"The sample is not XML: {reader.Error}");
        return element!;
    }
}
