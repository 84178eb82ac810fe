using System.Buffers;
using System.Security.Cryptography;
using XmppHost.Addressing;
using XmppHost.Core.VHosts;
using XmppHost.Stanzas;
using XmppHost.Xml;

namespace XmppHost.Core.Streams;

/// <summary>The opening tags of a stream, the client's and the server's: RFC 6120 section 4.7.</summary>
internal static class StreamOpening
{
    /// <summary>The host that the client's tag names, or what is wrong with the tag (section 4.9.3).</summary>
    /// <param name="header">The tag.</param>
    /// <param name="defaultNamespace">What it declares.</param>
    /// <param name="hosts">Who there is.</param>
    /// <param name="before">The host that an earlier tag on this connection named.</param>
    /// <param name="account">Who has logged in.</param>
    internal static (VHost? Host, StreamError? Error) Check(XmppElement header, string defaultNamespace, HostTable hosts, VHost? before, Jid? account)
    {
        if (header.Namespace != Ns.Streams || defaultNamespace != Ns.Client) return (null, StreamError.InvalidNamespace);
        if (header.Name != "stream") return (null, StreamError.BadFormat);
        if (!Version.TryParse(header.Attribute("version"), out var version) || version.Major < 1) return (null, StreamError.UnsupportedVersion);
        if (header.Attribute("to") is not { } to) return (null, StreamError.ImproperAddressing with { Text = "the stream header needs a 'to'" });
        var host = Jid.TryParse(to) is { IsDomain: true } jid ? hosts.FindHost(jid.Domain) : null;
        if (host is null || (before is not null && host != before)) return (null, StreamError.HostUnknown);
        if (account is not null && header.Attribute("from") is { } from && Jid.TryParse(from)?.Bare != account) return (null, StreamError.InvalidFrom);
        return (host, null);
    }

    /// <summary>The server's tag.</summary>
    /// <param name="host">The host, where it is known.</param>
    /// <param name="peer">What the client's tag had as <c>from</c>.</param>
    internal static ReadOnlyMemory<byte> Write(VHost? host, string? peer)
    {
        var output = new ArrayBufferWriter<byte>(256);
        XmppAttribute[] attributes =
        [
            .. host is null ? Array.Empty<XmppAttribute>() : [new("from", host.Name)],
            new("id", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12))),
            .. Jid.TryParse(peer) is { } to ? [new("to", to.ToString())] : Array.Empty<XmppAttribute>(),
            new("version", "1.0"),
            new("lang", "en", XmlNs.Xml, "xml"),
        ];
        Utf8XmlWriter.WriteStreamOpen(output, Ns.Client, attributes);
        return output.WrittenMemory;
    }
}
