using System.Text;

namespace XmppHost.Benchmarks.Xml;

/// <summary>Stanzas as clients send them.</summary>
internal static class Samples
{
    public static byte[] Header { get; } = Encoding.UTF8.GetBytes(
        "<?xml version='1.0'?><stream:stream to='example.net' version='1.0' xml:lang='en' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>");

    /// <summary>The smallest thing anyone would call a chat message.</summary>
    public static byte[] Short { get; } = Encoding.UTF8.GetBytes("<message to='bob@example.net' id='m1' type='chat'><body>Hello, Bob!</body></message>");

    /// <summary>A body of 150 bytes with what a modern client puts around it.</summary>
    public static byte[] Chat { get; } = Encoding.UTF8.GetBytes(
        "<message to='bob@example.net/phone' id='6f8a2c1e-55d0-4a7b' type='chat' xml:lang='en'><body>" + Words(150)
        + "</body><active xmlns='http://jabber.org/protocol/chatstates'/><request xmlns='urn:xmpp:receipts'/>"
        + "<origin-id xmlns='urn:xmpp:sid:0' id='6f8a2c1e-55d0-4a7b'/></message>");

    /// <summary>Only the body of 150 bytes.</summary>
    public static byte[] Plain { get; } = Encoding.UTF8.GetBytes("<message to='bob@example.net/phone' id='6f8a2c1e-55d0-4a7b' type='chat'><body>" + Words(150) + "</body></message>");

    /// <summary>As <see cref="Plain"/>, with references, and with letters of two and three bytes.</summary>
    public static byte[] Escaped { get; } = Encoding.UTF8.GetBytes("<message to='bob@example.net/phone' id='6f8a2c1e-55d0-4a7b' type='chat'><body>" + Words(70) + " &lt;b&gt; &amp; schön für 5 € " + Words(70) + "</body></message>");

    private static string Words(int length) => string.Concat(Enumerable.Repeat("all work and no play makes Jack a dull boy, ", 10))[..length];
}
