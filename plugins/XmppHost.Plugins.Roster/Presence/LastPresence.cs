using System.Collections.Concurrent;
using XmppHost.Addressing;
using XmppHost.Hosting;
using XmppHost.Stanzas;
using XmppHost.Xml;

namespace XmppHost.Plugins.Roster.Presence;

/// <summary>How accounts took leave, for probes that come later (RFC 6121 section 4.3.2). In memory and bounded: an answer without it is right as well.</summary>
internal sealed class LastPresence(TimeProvider time, RosterOptions options)
{
    private const int MaxBytes = 1024;

    private readonly ConcurrentDictionary<Jid, Stanza> _last = new();

    internal void Keep(ISession session, Stanza unavailable)
    {
        var account = session.Jid.Bare;
        _last.TryRemove(account, out _);

        // Without content there is nothing to tell but the time, which is XEP-0012's business.
        if (unavailable.Element.IsEmpty || unavailable.Bytes.Length > MaxBytes || _last.Count >= options.CachedRosters) return;
        var delay = new XmppElement("delay", Ns.Delay).With("from", session.Jid.ToString()).With("stamp", XmppDateTime.Format(time.GetUtcNow()));
        _last[account] = unavailable.WithElement(unavailable.Element.Add(delay)).WithAddresses(session.Jid, null);
    }

    internal Stanza Of(Jid account) => _last.GetValueOrDefault(account) ?? Stanza.Presence(account, null, "unavailable");
}
