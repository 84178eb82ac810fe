using System.Collections.Immutable;
using XmppHost.Addressing;
using XmppHost.Xml;

namespace XmppHost.Plugins.Archive;

/// <summary>One account's preferences (XEP-0441).</summary>
/// <param name="Default">For contacts that are on neither list.</param>
/// <param name="Always">Bare JIDs stand for all their resources.</param>
/// <param name="Never">Goes before <paramref name="Always"/>.</param>
/// <param name="IsAccount">The account is known to exist.</param>
internal sealed record Preferences(ArchiveDefault Default, ImmutableHashSet<Jid> Always, ImmutableHashSet<Jid> Never, bool IsAccount)
{
    /// <summary>Reads <c>&lt;prefs/&gt;</c>; null when it is not well-formed.</summary>
    internal static Preferences? TryParse(XmppElement prefs)
    {
        if (!Enum.TryParse<ArchiveDefault>(prefs.Attribute("default"), ignoreCase: true, out var standard) || prefs.Attribute("default") != Name(standard)) return null;
        return List(prefs, "always") is { } always && List(prefs, "never") is { } never ? new Preferences(standard, always, never, IsAccount: true) : null;
    }

    internal XmppElement ToElement() => new XmppElement("prefs", ArchiveXml.Namespace).With("default", Name(Default)).Add(List("always", Always)).Add(List("never", Never));

    /// <summary>What the preferences say of a contact; null where that depends on the roster.</summary>
    internal bool? Keeps(Jid peer)
    {
        if (Never.Count > 0 && (Never.Contains(peer) || Never.Contains(peer.Bare))) return false;
        if (Always.Count > 0 && (Always.Contains(peer) || Always.Contains(peer.Bare))) return true;
        return Default switch
        {
            ArchiveDefault.Always => true,
            ArchiveDefault.Never => false,
            _ => null,
        };
    }

    private static string Name(ArchiveDefault standard) => standard switch
    {
        ArchiveDefault.Always => "always",
        ArchiveDefault.Never => "never",
        _ => "roster",
    };

    private static ImmutableHashSet<Jid>? List(XmppElement prefs, string name)
    {
        if (prefs.Element(name, ArchiveXml.Namespace) is not { } list) return [];
        var jids = ImmutableHashSet.CreateBuilder<Jid>();
        foreach (var item in list.Elements())
        {
            if (!item.Is("jid", ArchiveXml.Namespace) || Jid.TryParse(item.Text.Trim()) is not { } jid) return null;
            jids.Add(jid);
        }

        return jids.ToImmutable();
    }

    private static XmppElement List(string name, IEnumerable<Jid> jids) =>
        new XmppElement(name, ArchiveXml.Namespace).Add(jids.Select(jid => jid.ToString()).Order(StringComparer.Ordinal).Select(jid => new XmppElement("jid", ArchiveXml.Namespace).Add(jid)));
}
