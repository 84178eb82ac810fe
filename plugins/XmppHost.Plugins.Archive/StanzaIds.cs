using System.Globalization;
using System.Security.Cryptography;
using XmppHost.Addressing;
using XmppHost.Stanzas;
using XmppHost.Storage;
using XmppHost.Xml;

namespace XmppHost.Plugins.Archive;

/// <summary>The ids by which clients know archived messages (XEP-0359): the row's id, which finds it, and 64 random bits, since XEP-0313 section 3 wants ids that nobody can guess.</summary>
internal static class StanzaIds
{
    private const int NonceDigits = 16;

    internal static long NewNonce()
    {
        Span<byte> bytes = stackalloc byte[8];
        RandomNumberGenerator.Fill(bytes);
        return BitConverter.ToInt64(bytes);
    }

    internal static string Text(ArchiveRow row) => string.Create(CultureInfo.InvariantCulture, $"{row.Id:x}{row.Nonce:x16}");

    /// <summary>Reads what <see cref="Text"/> wrote; null when it is not such an id.</summary>
    internal static (long Id, long Nonce)? TryParse(string text) =>
        text.Length is > NonceDigits and <= 2 * NonceDigits
        && long.TryParse(text.AsSpan(0, text.Length - NonceDigits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id) && id > 0
        && long.TryParse(text.AsSpan(text.Length - NonceDigits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var nonce)
            ? (id, nonce)
            : null;

    internal static XmppElement Element(Jid by, string id) => new XmppElement("stanza-id", Ns.StanzaId).With("by", by.ToString()).With("id", id);

    /// <summary>The message without ids that claim to be the account's (XEP-0359 section 3).</summary>
    internal static XmppElement Strip(XmppElement message, Jid account)
    {
        foreach (var child in message.Elements())
            if (IsOf(child, account))
                return message.Without(e => IsOf(e, account));
        return message;
    }

    private static bool IsOf(XmppElement element, Jid account) =>
        element.Is("stanza-id", Ns.StanzaId) && element.Attribute("by") is { } by && (by == account.ToString() || Jid.TryParse(by) == account);
}
