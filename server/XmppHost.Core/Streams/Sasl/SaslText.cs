using System.Text;
using XmppHost.Addressing;

namespace XmppHost.Core.Streams.Sasl;

internal static class SaslText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Null where it is not UTF-8.</summary>
    internal static string? Decode(ReadOnlySpan<byte> utf8) => System.Text.Unicode.Utf8.IsValid(utf8) ? Strict.GetString(utf8) : null;

    /// <summary>RFC 6120 section 6.3.8: to act as another is not supported, so an authorization identity can only be the account's own bare JID.</summary>
    internal static bool IsSelf(string authzid, Jid? account) => Jid.TryParse(authzid) is { } other && other == account;
}
