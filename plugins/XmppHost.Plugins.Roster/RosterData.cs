using System.Runtime.CompilerServices;
using XmppHost.Addressing;
using XmppHost.Hosting;
using XmppHost.Plugins.Roster.Subscriptions;
using XmppHost.Xml;

namespace XmppHost.Plugins.Roster;

/// <summary>Exports a roster as XEP-0227 has it, and ends an account's subscriptions before it goes.</summary>
internal sealed class RosterData(Rosters rosters, SubscriptionEffects effects) : IAccountDataOwner
{
    public string DataName => "roster";

    public async IAsyncEnumerable<XmppElement> ExportAsync(Jid account, [EnumeratorCancellation] CancellationToken ct)
    {
        var roster = await rosters.GetAsync(account, ct).ConfigureAwait(false);
        if (roster.Entries.Count == 0) yield break;
        yield return RosterXml.Query(RosterXml.VersionText(roster.Version), roster.Listed.Select(RosterXml.Item));
        foreach (var entry in roster.Entries.Values)
            if (entry.Request is { } request)
                yield return request;
    }

    public async ValueTask EraseAsync(Jid account, CancellationToken ct)
    {
        var roster = await rosters.GetAsync(account, ct).ConfigureAwait(false);
        await rosters.EraseAsync(account, ct).ConfigureAwait(false);
        foreach (var entry in roster.Entries.Values) await effects.CancelAsync(account.Bare, entry, ct).ConfigureAwait(false);
    }
}
