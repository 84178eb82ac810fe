using System.Net.Security;
using XmppHost.Xml;

namespace XmppHost.Scripting.Sasl;

/// <summary>Picks the mechanism: the one that the options demand, else the strongest that the server offers.</summary>
internal static class SaslSelection
{
    private const string Namespace = "urn:ietf:params:xml:ns:xmpp-sasl";
    private const string BindingNamespace = "urn:xmpp:sasl-cb:0";

    private static readonly string[] Preference =
    [
        "SCRAM-SHA-512-PLUS", "SCRAM-SHA-256-PLUS", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-512", "SCRAM-SHA-256", "SCRAM-SHA-1", "PLAIN", "ANONYMOUS",
    ];

    public static ISaslExchange Choose(ScriptedClientOptions options, XmppElement features, SslStream? tls)
    {
        var jid = JidParts.Of(options.Jid);
        var offered = features.Element("mechanisms", Namespace)?.Elements().Where(e => e.Name == "mechanism").Select(e => e.Text).ToArray() ?? [];
        var anonymous = options.Mechanism == "ANONYMOUS" || jid.Local.Length == 0;
        var binding = anonymous || tls is null ? null : Binding(features, tls, options.ChannelBinding);
        var mechanism = Preference.FirstOrDefault(m =>
            offered.Contains(m)
            && (options.Mechanism ?? m) == m
            && anonymous == (m == "ANONYMOUS")
            && (!m.EndsWith("-PLUS", StringComparison.Ordinal) || binding is not null)
            && (m != "PLAIN" || tls is not null || options.AllowPlainWithoutTls));
        if (mechanism is null)
            throw new ScriptedClientException($"no mechanism in common: the server offers {(offered.Length == 0 ? "none" : string.Join(", ", offered))}, wanted was {options.Mechanism ?? (anonymous ? "ANONYMOUS" : $"SCRAM{(tls is null ? "" : " or PLAIN")}")}", features);

        if (anonymous) return new AnonymousExchange();
        var password = options.Password ?? throw new ScriptedClientException($"there is no password for {jid.Bare}");
        if (mechanism == "PLAIN") return new PlainExchange(jid.Local, password);
        if (mechanism.EndsWith("-PLUS", StringComparison.Ordinal)) return new ScramExchange(mechanism, jid.Local, password, binding!);

        // RFC 5802 section 6: "y" tells a server that does offer channel binding that someone removed the offer on the way.
        var downgradeGuard = tls is not null && !offered.Any(m => m.EndsWith("-PLUS", StringComparison.Ordinal));
        return new ScramExchange(mechanism, jid.Local, password, downgradeGuard ? ChannelBinding.NotOffered : ChannelBinding.None);
    }

    // XEP-0440: the server lists the types it can verify. Without the list a client could only guess, and does not.
    private static ChannelBinding? Binding(XmppElement features, SslStream tls, string? only)
    {
        var offered = features.Element("sasl-channel-binding", BindingNamespace)?.Elements().Select(e => e.Attribute("type")).ToArray() ?? [];
        foreach (var type in ChannelBindings.Known)
            if ((only ?? type) == type && offered.Contains(type) && ChannelBindings.DataFor(type, tls) is { } data)
                return ChannelBinding.Bound(type, data);
        return null;
    }
}
