using System.Runtime.CompilerServices;
using XmppHost.Addressing;
using XmppHost.Hosting;
using XmppHost.Stanzas;
using XmppHost.Storage;
using XmppHost.Xml;

namespace XmppHost.Plugins.Messaging;

/// <summary>Messages that wait, as XEP-0227 section 4.5 has them.</summary>
internal sealed class OfflineData(IMessageLog log, OfflineCounts counts) : IAccountDataOwner
{
    private const string Export = "urn:xmpp:pie:0";
    private const int Page = 100;

    public string DataName => "offline-messages";

    public async IAsyncEnumerable<XmppElement> ExportAsync(Jid account, [EnumeratorCancellation] CancellationToken ct)
    {
        var messages = new List<XmppElement>();
        for (var after = 0L; ;)
        {
            var rows = await log.ReadOfflineAsync(account.Bare, after, Page, ct).ConfigureAwait(false);
            messages.AddRange(rows.Select(row => XmppStreamReader.Parse(row.Stanza.Span, Ns.Client)));
            if (rows.Count < Page) break;
            after = rows[^1].Id;
        }

        if (messages.Count > 0) yield return new XmppElement("offline-messages", Export).Add(messages);
    }

    public async ValueTask EraseAsync(Jid account, CancellationToken ct)
    {
        await log.Erase(account.Bare).ConfigureAwait(false);
        counts.Forget(account.Bare);
    }
}
