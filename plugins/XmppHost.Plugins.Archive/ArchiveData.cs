using System.Runtime.CompilerServices;
using XmppHost.Addressing;
using XmppHost.Hosting;
using XmppHost.Stanzas;
using XmppHost.Storage;
using XmppHost.Xml;

namespace XmppHost.Plugins.Archive;

/// <summary>The archive as XEP-0227 has it: results as they would answer a query, and the preferences.</summary>
internal sealed class ArchiveData(IMessageArchive archive, PreferenceStore preferences) : IAccountDataOwner
{
    private const string Export = "urn:xmpp:pie:0#mam";
    private const int Page = 100;

    public string DataName => "archive";

    public async IAsyncEnumerable<XmppElement> ExportAsync(Jid account, [EnumeratorCancellation] CancellationToken ct)
    {
        var all = new XmppElement("archive", Export).Add((await preferences.GetAsync(account.Bare, ct).ConfigureAwait(false)).ToElement());
        var results = new List<XmppElement>();
        for (long? after = null; ;)
        {
            var rows = await archive.ReadAsync(account.Bare, new ArchiveQuery(After: after), last: false, Page, ct).ConfigureAwait(false);
            results.AddRange(rows.Select(Result));
            if (rows.Count < Page) break;
            after = rows[^1].Id;
        }

        yield return all.Add(results);
    }

    public async ValueTask EraseAsync(Jid account, CancellationToken ct)
    {
        await preferences.EraseAsync(account.Bare, ct).ConfigureAwait(false);
        await archive.Erase(account.Bare).ConfigureAwait(false);
    }

    private static XmppElement Result(ArchiveRow row) =>
        new XmppElement("result", ArchiveXml.Namespace).With("id", StanzaIds.Text(row)).Add(Forwarding.Element(row.Stamp).Add(XmppStreamReader.Parse(row.Stanza.Span, Ns.Client)));
}
